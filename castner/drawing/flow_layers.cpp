// SPDX-License-Identifier: Apache-2.0
// The layers of a plant's drawing, after Sugiyama, Tagawa and Toda [sugiyama-1981]:
//  1. forward_order: an order of the units in which few and thin streams run backwards (Eades, Lin and Smyth
//     [eades-1993]). A stream that runs backwards is reversed for the steps that follow.
//  2. choose_layers: each unit goes as far left as its streams allow, then moves to where its streams are shortest.
//  3. add_items: a stream that crosses a layer gets a stand-in there, so that links join neighbouring layers only.
//  4. reduce_crossings: layers are ordered by the mean index of their neighbours (barycentres), forwards and backwards
//     in turn; then neighbours are swapped while that removes crossings.
//  5. Step 4 starts from several walks through the graph, since each leads to another local optimum; of the orders
//     seen, the one with fewest crossings is kept, then the one nearest to the order of the plant file.
#include "castner/drawing/flow_layers.h"

#include <algorithm>
#include <numeric>

#include "castner/base/check.h"

namespace castner::drawing {
namespace {

using Edges = std::vector<FlowGraph::Edge>;

/// An order of the nodes in which few and thin edges run backwards: sinks from the end, sources from the front, else
/// the node that gives most beyond what it takes (Eades, Lin and Smyth [eades-1993]).
std::vector<int> forward_order(const FlowGraph& g) {
  const std::size_t n = g.nodes.size();
  std::vector<double> in(n, 0.0), out(n, 0.0);
  std::vector<bool> gone(n, false);
  for (const auto& e : g.edges)
    if (e.from != e.to) {
      out[at(e.from)] += e.thickness;
      in[at(e.to)] += e.thickness;
    }
  std::vector<int> front, back;
  const auto remove = [&](std::size_t v) {
    gone[v] = true;
    for (const auto& e : g.edges) {
      if (e.from == e.to) continue;
      if (at(e.from) == v) in[at(e.to)] -= e.thickness;
      if (at(e.to) == v) out[at(e.from)] -= e.thickness;
    }
  };
  constexpr double kNothing = 1e-9;  // what subtraction leaves
  while (front.size() + back.size() < n) {
    std::size_t pick = n;
    bool sink = false;
    for (std::size_t v = 0; v < n && pick == n; ++v)
      if (!gone[v] && out[v] <= kNothing) pick = v, sink = true;
    for (std::size_t v = 0; v < n && pick == n; ++v)
      if (!gone[v] && in[v] <= kNothing) pick = v;
    if (pick == n) {
      double best = 0.0;
      for (std::size_t v = 0; v < n; ++v)
        if (!gone[v] && (pick == n || out[v] - in[v] > best)) pick = v, best = out[v] - in[v];
    }
    (sink ? back : front).push_back(static_cast<int>(pick));
    remove(pick);
  }
  front.insert(front.end(), back.rbegin(), back.rend());
  return front;
}

/// Layers: as far left as edges allow, then each node where its edges are shortest.
std::vector<int> choose_layers(const FlowGraph& g, const std::vector<int>& order, const std::vector<bool>& reversed) {
  const std::size_t n = g.nodes.size();
  std::vector<int> layer(n, 0);
  const auto ends = [&](std::size_t k) {
    const auto& e = g.edges[k];
    return reversed[k] ? std::pair(e.to, e.from) : std::pair(e.from, e.to);
  };
  for (const int v : order)
    for (std::size_t k = 0; k < g.edges.size(); ++k) {
      const auto [left, right] = ends(k);
      if (right == v && left != v) layer[at(v)] = std::max(layer[at(v)], layer[at(left)] + 1);
    }
  constexpr int kPasses = 20;
  for (int pass = 0; pass < kPasses; ++pass) {
    bool moved = false;
    for (std::size_t i = 0; i < n; ++i) {
      const int v = order[pass % 2 == 0 ? n - 1 - i : i];
      int low = -1, high = static_cast<int>(n) * 2;
      double pull = 0.0;  // ends to the right minus ends to the left
      bool has_left = false, has_right = false;
      for (std::size_t k = 0; k < g.edges.size(); ++k) {
        const auto [left, right] = ends(k);
        if (left == right) continue;
        if (right == v) low = std::max(low, layer[at(left)] + 1), has_left = true, pull -= 1.0;
        if (left == v) high = std::min(high, layer[at(right)] - 1), has_right = true, pull += 1.0;
      }
      int wanted = layer[at(v)];
      if (has_right && (!has_left || pull > 0.0)) wanted = high;
      if (has_left && (!has_right || pull < 0.0)) wanted = low;
      moved = moved || wanted != layer[at(v)];
      layer[at(v)] = wanted;
    }
    if (!moved) break;
  }
  const int first = n == 0 ? 0 : *std::min_element(layer.begin(), layer.end());
  for (int& l : layer) l -= first;
  return layer;
}

void add_items(const FlowGraph& g, const std::vector<int>& layer, Layered& out) {
  int last = 0;
  for (std::size_t v = 0; v < g.nodes.size(); ++v) {
    out.items.push_back({.node = static_cast<int>(v), .edge = -1, .layer = layer[v]});
    last = std::max(last, layer[v]);
  }
  out.chains.resize(g.edges.size());
  for (std::size_t k = 0; k < g.edges.size(); ++k) {
    const auto& e = g.edges[k];
    if (e.from == e.to) continue;  // a stream from a unit to itself is drawn without a way through the layers
    const int left = out.reversed[k] ? e.to : e.from, right = out.reversed[k] ? e.from : e.to;
    int previous = left;
    out.chains[k].push_back(left);
    for (int l = layer[at(left)] + 1; l <= layer[at(right)]; ++l) {
      int next = right;
      if (l < layer[at(right)]) {
        next = static_cast<int>(out.items.size());
        out.items.push_back({.node = -1, .edge = static_cast<int>(k), .layer = l});
      }
      out.links.push_back({previous, next, static_cast<int>(k)});
      out.chains[k].push_back(next);
      previous = next;
    }
  }
  out.layers.resize(at(last) + 1);
}

/// Neighbours of each item on one side.
std::vector<std::vector<int>> neighbours(const Layered& l, bool left_side) {
  std::vector<std::vector<int>> out(l.items.size());
  for (const auto& link : l.links)
    if (left_side)
      out[at(link.right)].push_back(link.left);
    else
      out[at(link.left)].push_back(link.right);
  return out;
}

std::vector<int> places(const Layered& l) {
  std::vector<int> place(l.items.size(), 0);
  for (const auto& layer : l.layers)
    for (std::size_t i = 0; i < layer.size(); ++i) place[at(layer[i])] = static_cast<int>(i);
  return place;
}

int count_crossings(const Layered& l) {
  const auto place = places(l);
  std::vector<std::vector<std::pair<int, int>>> between(l.layers.size());
  for (const auto& link : l.links)
    between[at(l.items[at(link.left)].layer)].emplace_back(place[at(link.left)], place[at(link.right)]);
  int crossings = 0;
  for (const auto& pairs : between)
    for (std::size_t i = 0; i < pairs.size(); ++i)
      for (std::size_t j = i + 1; j < pairs.size(); ++j)
        crossings += (pairs[i].first - pairs[j].first) * (pairs[i].second - pairs[j].second) < 0 ? 1 : 0;
  return crossings;
}

/// A first order: a walk through the graph, so that what belongs together starts together. `turn` starts the walk
/// elsewhere and takes neighbours in another order, for another chance at few crossings.
void walk(Layered& l, std::size_t turn) {
  auto left = neighbours(l, true), right = neighbours(l, false);
  for (auto* side : {&left, &right})
    for (auto& list : *side) {
      if (turn % 2 == 1) std::reverse(list.begin(), list.end());
      if (!list.empty())
        std::rotate(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(turn / 2 % list.size()), list.end());
    }
  std::vector<bool> seen(l.items.size(), false);
  std::vector<int> start(l.items.size());
  std::iota(start.begin(), start.end(), 0);
  std::stable_sort(start.begin(), start.end(),
                   [&](int a, int b) { return l.items[at(a)].layer < l.items[at(b)].layer; });
  std::rotate(start.begin(), start.begin() + static_cast<std::ptrdiff_t>(turn * 5 % start.size()), start.end());
  for (auto& layer : l.layers) layer.clear();
  for (const int s : start) {
    std::vector<int> stack{s};
    while (!stack.empty()) {
      const int v = stack.back();
      stack.pop_back();
      if (seen[at(v)]) continue;
      seen[at(v)] = true;
      l.layers[at(l.items[at(v)].layer)].push_back(v);
      for (const auto* side : {&left, &right})
        for (auto it = (*side)[at(v)].rbegin(); it != (*side)[at(v)].rend(); ++it) stack.push_back(*it);
    }
  }
}

/// One layer ordered by the mean place of its neighbours on one side; those without keep their place.
void sort_by_neighbours(std::vector<int>& layer, const std::vector<std::vector<int>>& side, std::vector<int>& place) {
  std::vector<std::pair<double, int>> keyed;
  for (const int v : layer) {
    double sum = 0.0;
    for (const int w : side[at(v)]) sum += place[at(w)];
    keyed.emplace_back(side[at(v)].empty() ? place[at(v)] : sum / static_cast<double>(side[at(v)].size()), v);
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    layer[i] = keyed[i].second;
    place[at(layer[i])] = static_cast<int>(i);
  }
}

/// Crossings between the edges of u and v on one side when u stands above v.
int crossings_of(int u, int v, const std::vector<std::vector<int>>& side, const std::vector<int>& place) {
  int crossings = 0;
  for (const int a : side[at(u)])
    for (const int b : side[at(v)]) crossings += place[at(a)] > place[at(b)] ? 1 : 0;
  return crossings;
}

void swap_neighbours(Layered& l, const std::vector<std::vector<int>>& left, const std::vector<std::vector<int>>& right,
                     std::vector<int>& place) {
  bool better = true;
  for (int pass = 0; better && pass < 10; ++pass) {
    better = false;
    for (auto& layer : l.layers)
      for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
        const int u = layer[i], v = layer[i + 1];
        const int now = crossings_of(u, v, left, place) + crossings_of(u, v, right, place);
        const int then = crossings_of(v, u, left, place) + crossings_of(v, u, right, place);
        // Where it makes no difference, the order of the plant file.
        const bool tidier = then == now && u > v && l.items[at(u)].node >= 0 && l.items[at(v)].node >= 0;
        if (then >= now && !tidier) continue;
        std::swap(layer[i], layer[i + 1]);
        std::swap(place[at(u)], place[at(v)]);
        better = true;
      }
  }
}

/// Neighbours in a layer that stand against the order of the plant file: of two pictures with as many crossings, the
/// one with fewer of these is the easier to find one's way in.
int out_of_order(const Layered& l) {
  int pairs = 0;
  for (const auto& layer : l.layers) {
    int last = -1;
    for (const int v : layer) {
      if (l.items[at(v)].node < 0) continue;
      pairs += v < last ? 1 : 0;
      last = v;
    }
  }
  return pairs;
}

void reduce_crossings(Layered& l) {
  const auto left = neighbours(l, true), right = neighbours(l, false);
  // Each start leads to another local best; a big picture is costly and gets fewer.
  const std::size_t turns = l.items.size() < 150 ? 16 : l.items.size() < 500 ? 4 : 1;
  std::vector<std::vector<int>> best;
  std::pair<int, int> fewest;  // crossings, then pairs out of order
  for (std::size_t turn = 0; turn < turns; ++turn) {
    walk(l, turn);
    constexpr int kSweeps = 24;
    for (int sweep = 0; sweep <= kSweeps; ++sweep) {
      if (const std::pair now(count_crossings(l), out_of_order(l)); best.empty() || now < fewest) {
        fewest = now;
        best = l.layers;
      }
      if (sweep == kSweeps) break;
      if (sweep == kSweeps - 1)  // and its mirror image, which has as many crossings
        for (auto& layer : l.layers) std::reverse(layer.begin(), layer.end());
      auto place = places(l);
      if (sweep % 2 == 0)
        for (std::size_t k = 1; k < l.layers.size(); ++k) sort_by_neighbours(l.layers[k], left, place);
      else
        for (std::size_t k = l.layers.size(); k-- > 1;) sort_by_neighbours(l.layers[k - 1], right, place);
      swap_neighbours(l, left, right, place);
    }
    if (fewest == std::pair(0, 0)) break;
  }
  l.layers = std::move(best);
  l.crossings = fewest.first;
}

}  // namespace

Layered layered(const FlowGraph& g) {
  for (const auto& e : g.edges)
    check(e.from >= 0 && e.to >= 0 && at(e.from) < g.nodes.size() && at(e.to) < g.nodes.size(),
          "an edge joins two nodes");
  Layered out;
  if (g.nodes.empty()) return out;
  const auto order = forward_order(g);
  std::vector<int> rank(g.nodes.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[at(order[i])] = static_cast<int>(i);
  for (const auto& e : g.edges) out.reversed.push_back(rank[at(e.from)] > rank[at(e.to)]);
  add_items(g, choose_layers(g, order, out.reversed), out);
  reduce_crossings(out);
  return out;
}

}  // namespace castner::drawing
