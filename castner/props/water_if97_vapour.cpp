// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "castner/numerics/scalar.h"
#include "castner/props/power_series.h"
#include "castner/props/water_gibbs.h"

namespace castner::props {
namespace {

// [if97] table 10, the ideal gas: ln pi + n tau^j.
constexpr std::array<Term, 9> kIdeal{{{0, 0, -0.96927686500217e1},
                                      {0, 1, 0.10086655968018e2},
                                      {0, -5, -0.56087911283020e-2},
                                      {0, -4, 0.71452738081455e-1},
                                      {0, -3, -0.40710498223928},
                                      {0, -2, 0.14240819171444e1},
                                      {0, -1, -0.43839511319450e1},
                                      {0, 2, -0.28408632460772},
                                      {0, 3, 0.21268463753307e-1}}};
// [if97] table 11, the residual: n pi^i (tau - 0.5)^j.
constexpr std::array<Term, 43> kVapourTerms{
    {{1, 0, -0.0017731742473212999},    {1, 1, -0.017834862292357999},     {1, 2, -0.045996013696365003},
     {1, 3, -0.057581259083432},        {1, 6, -0.050325278727930002},     {2, 1, -3.3032641670203e-05},
     {2, 2, -0.00018948987516315},      {2, 4, -0.0039392777243355001},    {2, 7, -0.043797295650572998},
     {2, 36, -2.6674547914087001e-05},  {3, 0, 2.0481737692308999e-08},    {3, 1, 4.3870667284435001e-07},
     {3, 3, -3.2277677238570002e-05},   {3, 6, -0.0015033924542148},       {3, 35, -0.040668253562648998},
     {4, 1, -7.8847309559367001e-10},   {4, 2, 1.2790717852285001e-08},    {4, 3, 4.8225372718507002e-07},
     {5, 7, 2.2922076337661001e-06},    {6, 3, -1.6714766451061001e-11},   {6, 16, -0.0021171472321354998},
     {6, 35, -23.895741934103999},      {7, 0, -5.9059564324270004e-18},   {7, 11, -1.2621808899101e-06},
     {7, 25, -0.038946842435739003},    {8, 8, 1.1256211360459e-11},       {8, 36, -8.2311340897998004},
     {9, 13, 1.9809712802088e-08},      {10, 4, 1.0406965210174e-19},      {10, 10, -1.0234747095929e-13},
     {10, 14, -1.0018179379511e-09},    {16, 29, -8.0882908646984998e-11}, {16, 50, 0.10693031879409},
     {18, 57, -0.33662250574170999},    {20, 20, 8.9185845355420999e-25},  {20, 35, 3.0629316876231997e-13},
     {20, 48, -4.2002467698208001e-06}, {21, 21, -5.9056029685639003e-26}, {22, 53, 3.7826947613457002e-06},
     {23, 39, -1.2768608934681e-15},    {24, 26, 7.3087610595061e-29},     {24, 40, 5.5414715350778001e-17},
     {24, 58, -9.4369707241209998e-07}}};

class Vapour {
 public:
  static constexpr double kTemperature = 540.0, kPressure = 1e6;
  Vapour(double pi, double tau) : pi_(pi), x_(pi), y_(tau - 0.5), tau_(tau) {}
  template <int A, int B>
  [[gnu::always_inline]] double partial() const {
    double g = power_series<kVapourTerms, A, B>(x_, y_);
    if constexpr (A == 0) g += power_series<kIdeal, 0, B>(Powers<0, 0>(1.0), tau_);
    if constexpr (A == 0 && B == 0) g += std::log(pi_);
    if constexpr (A > 0 && B == 0) g += log_derivative<A>();
    return g;
  }

 private:
  /// d^A ln(pi) / dpi^A = -(A-1)! / (-pi)^A
  template <int A>
  double log_derivative() const {
    double d = 1.0 / pi_;
    for (int k = 1; k < A; ++k) d *= -k / pi_;
    return d;
  }
  double pi_;
  Powers<0, 24> x_;
  Powers<0, 58> y_;
  Powers<-9, 3> tau_;
};
template <class T>
using VapourPoint = gibbs::ReducedState<Vapour, T>;

}  // namespace

template <class T>
WaterProperties<T> properties_vap_water(const WaterState<T>& state) {
  return VapourPoint<T>(state).all();
}
template <class T>
T vol_mass_vap_water(const WaterState<T>& state) {
  return VapourPoint<T>(state).vol_mass();
}
template <class T>
T enth_mass_vap_water(const WaterState<T>& state) {
  return VapourPoint<T>(state).enth_mass();
}
template <class T>
T entr_mass_vap_water(const WaterState<T>& state) {
  return VapourPoint<T>(state).entr_mass();
}
template <class T>
T cp_mass_vap_water(const WaterState<T>& state) {
  return VapourPoint<T>(state).cp_mass();
}
template <class T>
T dens_mass_vap_water(const WaterState<T>& state) {
  return 1.0 / vol_mass_vap_water(state);
}

#define CASTNER_INSTANTIATE(T)                                            \
  template WaterProperties<T> properties_vap_water(const WaterState<T>&); \
  template T vol_mass_vap_water(const WaterState<T>&);                    \
  template T dens_mass_vap_water(const WaterState<T>&);                   \
  template T enth_mass_vap_water(const WaterState<T>&);                   \
  template T entr_mass_vap_water(const WaterState<T>&);                   \
  template T cp_mass_vap_water(const WaterState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props
