//! The axis of the players.

/// The lines across: at each `step` up to `top`, players both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Axis {
    pub(crate) step: u64,
    pub(crate) top: u64,
    /// Whether the capacity is on it. A server with 500 places and 3 players would show nothing else.
    pub(crate) with_capacity: bool,
}

impl Axis {
    pub(crate) fn new(peak: u32, capacity: Option<u32>) -> Self {
        // One player alone should not fill the picture.
        let peak = u64::from(peak).max(4);
        let capacity = capacity.map(u64::from).filter(|it| (1..=peak * 5).contains(it));
        let most = peak.max(capacity.unwrap_or(0));
        // Enough for any u32: the largest needs a step of 2·10⁹.
        let step = (0..10)
            .flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)))
            .find(|step| most.div_ceil(*step) <= 4)
            .unwrap_or(most);
        Self { step, top: step * most.div_ceil(step), with_capacity: capacity.is_some() }
    }
}
