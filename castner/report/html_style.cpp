// SPDX-License-Identifier: Apache-2.0
#include "castner/report/html_parts.h"

namespace castner::report {

// Greys and one accent; amber and red only for what is abnormal, always with a shape and a word. Contrast of every pair
// used for text is at least 4.5 to 1 in both schemes.
std::string_view style_sheet() {
  return R"css(
:root{color-scheme:light dark;--bg:#fff;--soft:#f3f5f7;--line:#d3d9df;--ink:#1a1f24;--quiet:#56606b;--accent:#0b5aa6;
--warn:#8f4a00;--bad:#b3261e;--flow:#c5cdd6;--flow-bad:#e3b7b3;--box:#fff;--band:#dfe5eb;
--part0:#85909c;--part1:#24476b;--part2:#4f7fb0;--part3:#93b5d6;--part4:#c6d6e6;--part5:#8f4a00;--on-dark:#fff;--on-light:#1a1f24}
@media (prefers-color-scheme:dark){:root{--bg:#13171b;--soft:#1c2228;--line:#363f48;--ink:#e7ebef;--quiet:#a6b0bb;
--accent:#7fbaf6;--warn:#f0b060;--bad:#ff9b92;--flow:#46515d;--flow-bad:#7c4a46;--box:#1c2228;--band:#2b343d;
--part0:#66717d;--part1:#9cc4ec;--part2:#6b9dcd;--part3:#45719c;--part4:#33536f;--part5:#f0b060;--on-dark:#fff;--on-light:#13171b}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","Microsoft YaHei",
"PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif;font-variant-numeric:tabular-nums lining-nums}
.page{max-width:1264px;margin:0 auto;padding:24px 24px 48px}
h1,h2,.answer{font-size:22px;line-height:1.3;margin:0}
h1{font-weight:650}h2{font-weight:500;margin-bottom:8px}h3{font-size:15px;font-weight:650;margin:16px 0 4px}
p{margin:0 0 8px;max-width:80ch}.caption{max-width:110ch}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
small,.small,table,.caption,nav,.meta,dl,details,figcaption{font-size:12.5px}
.caption,.meta,.sd,figcaption,.quiet,.unknown{color:var(--quiet)}
.skip{position:absolute;left:-999px}.skip:focus{position:static}
header .meta{margin:4px 0 0;display:flex;flex-wrap:wrap;gap:4px 24px}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;padding:8px 0;border-bottom:1px solid var(--line);margin-bottom:24px}
section{margin:0 0 40px;scroll-margin-top:8px}
.summary{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:16px 24px;margin-bottom:32px}
.answer{display:flex;gap:12px;align-items:flex-start;margin-bottom:8px}
.answer .shape{flex:none;width:24px;height:24px;margin-top:3px}
.summary dl{display:grid;grid-template-columns:max-content 1fr;gap:6px 24px;margin:0;font-size:15px}
.summary dt{color:var(--quiet)}.summary dd{margin:0}
.shape{width:12px;height:12px;vertical-align:-1px;overflow:visible}
.ok{color:var(--quiet)}.quiet{color:var(--quiet)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:8px;margin:8px 0}
.tile{border:1px solid var(--line);border-radius:8px;padding:8px 16px}
.tile .what{font-size:12.5px;color:var(--quiet);min-height:38px;line-height:1.35}
.tile .value{font-size:22px}.tile .value .sd{font-size:12.5px;white-space:nowrap}.nowrap{white-space:nowrap}.tile .unknown{font-size:15px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:middle;font-weight:400}
thead th{color:var(--quiet);vertical-align:bottom;border-bottom-color:var(--quiet)}
th.n,td.n{text-align:right}th.n+th:not(.n),td.n+td:not(.n){padding-left:12px}
tbody th{font-weight:650;white-space:nowrap}
td.n{white-space:nowrap}.verdict{display:inline-block;min-width:11em}
tr.abnormal>*{background:var(--soft)}
.scroll{overflow-x:auto}.who{display:none;color:var(--quiet)}
figure{margin:0}
svg text{font-family:inherit;fill:var(--ink)}
svg .t{font-size:12.5px}svg .q{fill:var(--quiet)}
svg .halo{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
svg .axis{stroke:var(--line);stroke-width:1}svg .zero{stroke:var(--quiet);stroke-width:1}
svg .whisker{stroke:var(--ink);stroke-width:1.5;fill:none}
svg .bar{fill:var(--accent)}svg .bar-quiet{fill:var(--part0)}
.chart{display:block;width:100%;height:auto}
.picture svg{display:block;width:100%;height:auto;margin:0 auto}
.flow{fill:none;stroke:var(--flow)}.flow-bad{fill:none;stroke:var(--flow-bad)}
.flow-unknown{fill:none;stroke:var(--quiet);stroke-dasharray:2 5}
.arrow{fill:var(--quiet)}.unit-box{fill:var(--box);stroke:var(--ink);stroke-width:1.3}
.unit-box.idle{fill:var(--band);stroke:var(--quiet);stroke-dasharray:4 3}
.filled{fill:var(--ink)}.hollow{fill:var(--bg);stroke:var(--ink);stroke-width:1.5}
.hollow-bad{fill:var(--bg);stroke:var(--bad);stroke-width:2}svg .bad-text{fill:var(--bad)}svg .fill-bad{fill:var(--bad)}svg .fill-warn{fill:var(--warn)}
.p0{fill:var(--part0)}.p1{fill:var(--part1)}.p2{fill:var(--part2)}.p3{fill:var(--part3)}.p4{fill:var(--part4)}.p5{fill:var(--part5)}
.band{fill:var(--band)}.trend{fill:none;stroke:var(--accent);stroke-width:1.6}.point{fill:var(--accent)}
.w-steady{fill:var(--part0)}.w-open{fill:var(--warn)}.w-unsteady{fill:none;stroke:var(--quiet);stroke-width:1}
.w-failed{fill:var(--bad)}.w-gap{stroke:var(--quiet);stroke-width:1;stroke-dasharray:2 3}
.bars{list-style:none;margin:0;padding:0 0 0 1px;border-left:1px solid var(--quiet);font-size:12.5px}.bars li{margin:0 0 10px;padding:0}
.bars li span{padding-left:4px}.bars svg,.rows svg{display:block;overflow:visible}
.rows{display:grid;grid-template-columns:max-content minmax(0,1fr) max-content;gap:0 12px;align-items:center;font-size:12.5px}
.rows.two{grid-template-columns:max-content minmax(0,1fr)}
.legend{display:flex;flex-wrap:wrap;gap:4px 24px;font-size:12.5px;color:var(--quiet);margin:0 0 8px;padding:0;list-style:none}
.legend svg{width:16px;height:12px;vertical-align:-1px;margin-right:6px}
article{border-left:3px solid var(--line);padding:2px 0 2px 16px;margin:0 0 20px;break-inside:avoid}
article.warning{border-left-color:var(--warn)}article.critical{border-left-color:var(--bad)}
article h3{margin:0;display:flex;flex-wrap:wrap;gap:0 16px;align-items:baseline}
article h3 .cost{margin-left:auto;font-weight:650;white-space:nowrap}
article .word{font-size:12.5px;font-weight:400}
article dl,.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:4px 0}
article dt,.facts dt{color:var(--quiet)}article dd,.facts dd{margin:0;overflow-wrap:anywhere}
ul.plain{margin:0;padding-left:18px}
summary{cursor:pointer;color:var(--accent);padding:4px 0;width:max-content;max-width:100%}
.small-multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(272px,100%),1fr));gap:16px}
.small-multiples figure{display:flex;flex-direction:column;justify-content:flex-end}
.h3{font-weight:650}
.cell-maps{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(440px,100%),1fr));gap:16px 32px;max-width:1100px}
.room th,.room td{word-break:keep-all}
.cell{fill:var(--band)}.cell.none{fill:none;stroke:var(--quiet);stroke-dasharray:2 2}.cell.hot3{fill:var(--bad);fill-opacity:.45}
.cell.hot2{fill:var(--warn);fill-opacity:.45}.cell.hot1{fill:var(--warn);fill-opacity:.2}.cell.cool2{fill:var(--accent);fill-opacity:.45}.cell.cool1{fill:var(--accent);fill-opacity:.2}
.legend svg.key{width:16px;height:16px;vertical-align:-3px}
footer{border-top:1px solid var(--line);padding-top:8px;color:var(--quiet);font-size:12.5px}
@media (max-width:640px){.page{padding:16px 16px 32px}.summary{padding:12px 16px}
.summary dl{grid-template-columns:1fr;gap:0}.summary dd{margin-bottom:8px}article dl,.facts{grid-template-columns:1fr}
article dd,.facts dd{margin-bottom:4px}.tiles{grid-template-columns:repeat(auto-fill,minmax(150px,1fr))}
table{min-width:520px}.room table{min-width:880px}.room tbody th{min-width:0}tbody th{position:sticky;left:0;background:var(--bg);white-space:normal;min-width:36vw;max-width:44vw;overflow-wrap:break-word}
article h3 .cost{margin-left:0}
.stack table{min-width:0}.stack thead{display:none}.stack tr{display:grid;grid-template-columns:1fr 1fr}.stack .who{display:inline}
.stack tbody th{grid-column:1/-1;position:static;max-width:none;border-bottom:0;padding-bottom:0}.stack td{display:flex;gap:4px}.stack .who{margin-right:auto}}
@media (max-width:1000px){.picture svg{width:auto;max-width:none}}
@media print{:root{color-scheme:light;--bg:#fff;--soft:#f3f5f7;--line:#c3cad1;--ink:#000;--quiet:#454e57;--accent:#0b4a88;
--warn:#8f4a00;--bad:#a51f18;--flow:#c5cdd6;--flow-bad:#e3b7b3;--box:#fff;--band:#dfe5eb;
--part0:#85909c;--part1:#24476b;--part2:#4f7fb0;--part3:#93b5d6;--part4:#c6d6e6;--part5:#8f4a00;--on-dark:#fff;--on-light:#000}
body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1,h2,.answer,.tile .value{font-size:15pt}small,.small,table,.caption,nav,.meta,dl,details,figcaption,.legend,.bars,.rows{font-size:8.5pt}
.summary dl{font-size:10.5pt}.page{max-width:none;padding:0}nav,.skip{display:none}
section{margin-bottom:18pt}h2{break-after:avoid}thead{display:table-header-group}tr,figure,.tile{break-inside:avoid}
.cell-maps{grid-template-columns:1fr 1fr;gap:8px 16px}.room table{font-size:7.5pt}.room th,.room td{padding-right:4px}#cells:has(>details:not([open])){display:none}
details:not([open]){display:none}.scroll{overflow:visible}footer{display:none}th,td{padding:2.5px 8px 2.5px 0}svg.dots{width:128px;height:auto}a{color:inherit;text-decoration:none}
.landscape{page:landscape;break-before:page;break-after:page}.landscape .picture svg{max-height:150mm;width:100%}
.upright{break-before:page}.upright .picture svg{max-height:232mm;width:auto;max-width:100%!important}}
)css";
}

}  // namespace castner::report
