#include "fit/least.h"

#include <algorithm>
#include <cmath>

namespace brightline::fit {

namespace {

// Solves A x = b for symmetric positive definite A, in place (Cholesky).
void solve_normal(std::vector<double>& a, std::vector<double>& b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) {
      const double f = a[j * n + k];
      if (f == 0) continue;
      for (std::size_t i = j; i < n; ++i) a[i * n + j] -= f * a[i * n + k];
    }
    const double d = std::sqrt(std::max(a[j * n + j], 1e-12));
    for (std::size_t i = j; i < n; ++i) a[i * n + j] /= d;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

double cost(const Problem& p, const Solution& s) {
  double total = 0;
  for (std::size_t r = 0; r < p.rows.size(); ++r) {
    const auto theta = s.constants(p, p.rows[r].groups);
    const double e = std::log(p.predict(r, theta) / p.rows[r].measured);
    total += p.rows[r].weight * (std::sqrt(e * e + 4e-4) - 0.02);
  }
  for (std::size_t g = 0; g < s.logs.size(); ++g) {
    for (std::size_t i = 0; i < p.priors.size(); ++i) {
      const double centre = g == 0 ? std::log(p.priors[i].value) : 0;
      const double z = (s.logs[g][i] - centre) / (g == 0 ? p.priors[i].spread : p.priors[i].offset_spread);
      total += 0.5 * z * z;
    }
  }
  return total;
}

}  // namespace

std::vector<double> Solution::constants(const Problem& problem, std::span<const int> groups) const {
  std::vector<double> out = logs[0];
  for (const int g : groups) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += logs[static_cast<std::size_t>(g)][i];
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double x = std::exp(out[i]);
    out[i] = problem.saturate ? problem.saturate(x, problem.priors[i].most) : std::min(x, problem.priors[i].most);
  }
  return out;
}

Solution solve(const Problem& p, int iterations) {
  const std::size_t np = p.priors.size();
  const std::size_t ng = static_cast<std::size_t>(p.groups) + 1;
  Solution s;
  s.logs.assign(ng, std::vector<double>(np, 0));
  for (std::size_t i = 0; i < np; ++i) s.logs[0][i] = std::log(p.priors[i].value);
  double now = cost(p, s);
  double damping = 1e-2;
  const std::size_t n = ng * np;
  for (int it = 0; it < iterations; ++it) {
    std::vector<double> a(n * n, 0);
    std::vector<double> b(n, 0);
    std::vector<double> d(np);
    for (std::size_t r = 0; r < p.rows.size(); ++r) {
      auto theta = s.constants(p, p.rows[r].groups);
      const double base = std::log(p.predict(r, theta));
      const double e = base - std::log(p.rows[r].measured);
      const double w = p.rows[r].weight / std::sqrt(e * e + 4e-4);
      for (std::size_t i = 0; i < np; ++i) {
        const double keep = theta[i];
        theta[i] = keep * 1.001;
        d[i] = (std::log(p.predict(r, theta)) - base) / 0.0009995;
        theta[i] = keep;
      }
      std::vector<int> gs{0};
      gs.insert(gs.end(), p.rows[r].groups.begin(), p.rows[r].groups.end());
      for (const int g : gs) {
        for (std::size_t i = 0; i < np; ++i) {
          if (d[i] == 0) continue;
          const std::size_t x = static_cast<std::size_t>(g) * np + i;
          b[x] -= w * d[i] * e;
          for (const int h : gs) {
            for (std::size_t j = 0; j < np; ++j) a[x * n + static_cast<std::size_t>(h) * np + j] += w * d[i] * d[j];
          }
        }
      }
    }
    for (std::size_t g = 0; g < ng; ++g) {
      for (std::size_t i = 0; i < np; ++i) {
        const std::size_t x = g * np + i;
        const double spread = g == 0 ? p.priors[i].spread : p.priors[i].offset_spread;
        const double centre = g == 0 ? std::log(p.priors[i].value) : 0;
        a[x * n + x] += 1 / (spread * spread);
        b[x] -= (s.logs[g][i] - centre) / (spread * spread);
      }
    }
    bool better = false;
    for (int attempt = 0; attempt < 6 && !better; ++attempt) {
      auto aa = a;
      auto bb = b;
      for (std::size_t x = 0; x < n; ++x) aa[x * n + x] *= 1 + damping;
      solve_normal(aa, bb);
      Solution next = s;
      for (std::size_t g = 0; g < ng; ++g) {
        for (std::size_t i = 0; i < np; ++i) next.logs[g][i] += std::clamp(bb[g * np + i], -1.0, 1.0);
      }
      const double then = cost(p, next);
      if (then < now) {
        better = true;
        const bool small = now - then < 1e-5 * now;
        s = std::move(next);
        now = then;
        damping = std::max(damping / 4, 1e-6);
        if (small) return s;
      } else {
        damping *= 8;
      }
    }
    if (!better) break;
  }
  return s;
}

}  // namespace brightline::fit
