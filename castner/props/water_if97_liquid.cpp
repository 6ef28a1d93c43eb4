// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/power_series.h"
#include "castner/props/water_gibbs.h"

namespace castner::props {
namespace {

// [if97] table 2: n (7.1 - pi)^i (tau - 1.222)^j.
constexpr std::array<Term, 34> kLiquidTerms{
    {{0, -2, 0.14632971213167},       {0, -1, -0.84548187169114},       {0, 0, -0.37563603672040e1},
     {0, 1, 0.33855169168385e1},      {0, 2, -0.95791963387872},        {0, 3, 0.15772038513228},
     {0, 4, -0.16616417199501e-1},    {0, 5, 0.81214629983568e-3},      {1, -9, 0.28319080123804e-3},
     {1, -7, -0.60706301565874e-3},   {1, -1, -0.18990068218419e-1},    {1, 0, -0.32529748770505e-1},
     {1, 1, -0.21841717175414e-1},    {1, 3, -0.52838357969930e-4},     {2, -3, -0.47184321073267e-3},
     {2, 0, -0.30001780793026e-3},    {2, 1, 0.47661393906987e-4},      {2, 3, -0.44141845330846e-5},
     {2, 17, -0.72694996297594e-15},  {3, -4, -0.31679644845054e-4},    {3, 0, -0.28270797985312e-5},
     {3, 6, -0.85205128120103e-9},    {4, -5, -0.22425281908000e-5},    {4, -2, -0.65171222895601e-6},
     {4, 10, -0.14341729937924e-12},  {5, -8, -0.40516996860117e-6},    {8, -11, -0.12734301741641e-8},
     {8, -6, -0.17424871230634e-9},   {21, -29, -0.68762131295531e-18}, {23, -31, 0.14478307828521e-19},
     {29, -38, 0.26335781662795e-22}, {30, -39, -0.11947622640071e-22}, {31, -40, 0.18228094581404e-23},
     {32, -41, -0.93537087292458e-25}}};

class Liquid {
 public:
  static constexpr double kTemperature = 1386.0, kPressure = 16.53e6;
  Liquid(double pi, double tau) : x_(7.1 - pi), y_(tau - 1.222) {}
  template <int A, int B>
  [[gnu::always_inline]] double partial() const {
    return (A % 2 == 0 ? 1.0 : -1.0) * power_series<kLiquidTerms, A, B>(x_, y_);
  }

 private:
  Powers<0, 32> x_;
  Powers<-45, 17> y_;  // four derivatives below -41: heat capacity with its second derivatives
};
template <class T>
using LiquidPoint = gibbs::ReducedState<Liquid, T>;

}  // namespace

template <class T>
WaterProperties<T> properties_liq_water(const WaterState<T>& state) {
  return LiquidPoint<T>(state).all();
}
template <class T>
T vol_mass_liq_water(const WaterState<T>& state) {
  return LiquidPoint<T>(state).vol_mass();
}
template <class T>
T enth_mass_liq_water(const WaterState<T>& state) {
  return LiquidPoint<T>(state).enth_mass();
}
template <class T>
T entr_mass_liq_water(const WaterState<T>& state) {
  return LiquidPoint<T>(state).entr_mass();
}
template <class T>
T cp_mass_liq_water(const WaterState<T>& state) {
  return LiquidPoint<T>(state).cp_mass();
}
template <class T>
T dens_mass_liq_water(const WaterState<T>& state) {
  return 1.0 / vol_mass_liq_water(state);
}

#define CASTNER_INSTANTIATE(T)                                            \
  template WaterProperties<T> properties_liq_water(const WaterState<T>&); \
  template T vol_mass_liq_water(const WaterState<T>&);                    \
  template T dens_mass_liq_water(const WaterState<T>&);                   \
  template T enth_mass_liq_water(const WaterState<T>&);                   \
  template T entr_mass_liq_water(const WaterState<T>&);                   \
  template T cp_mass_liq_water(const WaterState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props
