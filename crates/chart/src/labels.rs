//! The words of the picture. They come from outside, so that they are translated where all others are.

/// Templates name what is put into them in braces. What they do not know stays as it is.
#[derive(Debug, Clone)]
pub struct Labels {
    /// "last 24 hours"; in the alternative text it follows "in the".
    pub day: String,
    /// "last 7 days"
    pub week: String,
    /// "last 30 days"
    pub month: String,

    /// Above the picture, below the figures: "available".
    pub uptime: String,
    /// "players on average"
    pub mean: String,
    /// "at most"
    pub peak: String,

    /// In the legend: "players, average".
    pub average: String,
    /// "players, maximum"
    pub maximum: String,
    /// "places: {number}"
    pub capacity: String,

    pub online: String,
    /// "starting, stopping, updating"
    pub changing: String,
    pub sleeping: String,
    pub offline: String,
    pub crashed: String,
    pub suspended: String,
    pub unknown: String,

    /// Where the lines would be, when there is none.
    pub nothing: String,

    /// Short, from Monday.
    pub weekdays: [String; 7],
    /// Short, from January.
    pub months: [String; 12],
    /// "{weekday} {day}"
    pub weekday: String,
    /// "{day} {month}"
    pub date: String,
    /// "{number} %"
    pub percent: String,
    /// What separates the tenths: "." or ",".
    pub decimal: String,

    /// "{title}: players in the {span} ({from} to {to}, UTC). {uptime} available, {mean} players on
    /// average, {peak} at most."
    pub description: String,
    /// The same when nothing is known, with `{title}`, `{span}`, `{from}` and `{to}`.
    pub description_nothing: String,
}

impl Labels {
    /// Puts values into a template, in one go: braces in a value stay braces.
    pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let found = after.split_once('}').and_then(|(name, tail)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((value, tail))
            });
            if let Some((value, tail)) = found {
                out.push_str(value);
                rest = tail;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}
