//! What an instance measures: plausible numbers that move.

use crate::chance;
use crate::clock::Millis;
use crate::instance::Instance;
use crate::state::AppState;

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Metric {
    pub(crate) name: &'static str,
    pub(crate) raw: i64,
    pub(crate) max: i64,
    pub(crate) units: &'static str,
    pub(crate) color: &'static str,
}

impl Metric {
    pub(crate) fn percent(&self) -> i64 {
        (self.raw * 100 / self.max.max(1)).clamp(0, 100)
    }
}

/// Numbers move this often.
const PACE_MS: Millis = 1_000;

/// What the instance measures now.
pub(crate) fn of(instance: &Instance, now: Millis) -> Vec<Metric> {
    let players = i64::try_from(instance.players.len()).unwrap_or(i64::MAX);
    let places = i64::try_from(instance.spec.max_players).unwrap_or(i64::MAX);
    let memory_max = instance.spec.metering.memory_mb;
    let noise = |salt: u64, below: i64| {
        let moment = u64::try_from(now / PACE_MS).unwrap_or(0);
        let seed = chance::of_text(&instance.spec.name) ^ salt;
        i64::try_from(chance::mix(seed.wrapping_add(moment)) >> 1).unwrap_or(0) % below
    };
    let (cpu, memory, tps) = match instance.state {
        AppState::Ready => (
            6 + players * 3 + noise(1, 6),
            memory_max * (35 + players * 2) / 100 + noise(2, 48),
            20 - noise(3, 2) - players / 12,
        ),
        state if state.is_alive() => (60 + noise(1, 30), memory_max / 5 + noise(2, 64), 0),
        AppState::Sleeping => (0, memory_max / 50, 0),
        _ => (0, 0, 0),
    };
    let metric = |name, raw: i64, max, units, color| Metric {
        name,
        raw: raw.clamp(0, max),
        max,
        units,
        color,
    };
    let mut all = vec![
        metric("CPU Usage", cpu, 100, "%", "#A8221A"),
        metric("Memory Usage", memory, memory_max, "MB", "#246BA0"),
        metric("Active Users", players, places, "", "#1A8A3C"),
    ];
    if instance.spec.metering.tps {
        all.push(metric("TPS", tps, 20, "TPS", "#C98A1B"));
    }
    all
}
