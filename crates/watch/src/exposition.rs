//! Prometheus' text format, as far as it is needed: names, labels and numbers. What cannot be read
//! is passed over, because the rest of the day is in the other lines.

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    labels: Vec<(&'a str, String)>,
    pub(crate) value: f64,
}

impl Line<'_> {
    /// A label's value; empty where there is none.
    pub(crate) fn label(&self, name: &str) -> &str {
        self.labels.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }
}

/// Every line that is a figure.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().filter_map(line)
}

fn line(text: &str) -> Option<Line<'_>> {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let end = text.find(['{', ' ', '\t'])?;
    let (name, rest) = text.split_at_checked(end)?;
    let (labels, rest) = match rest.strip_prefix('{') {
        Some(rest) => labels(rest)?,
        None => (Vec::new(), rest),
    };
    // A time may follow.
    let value = rest.split_whitespace().next()?;
    Some(Line { name, labels, value: number(value)? })
}

fn number(text: &str) -> Option<f64> {
    match text {
        "+Inf" => Some(f64::INFINITY),
        "-Inf" => Some(f64::NEG_INFINITY),
        other => other.parse().ok(),
    }
}

/// Labels up to the closing brace, and what follows it.
fn labels(mut text: &str) -> Option<(Vec<(&str, String)>, &str)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start_matches([',', ' ']);
        if let Some(rest) = text.strip_prefix('}') {
            return Some((found, rest));
        }
        let (name, rest) = text.split_once("=\"")?;
        let (value, rest) = quoted(rest)?;
        found.push((name.trim(), value));
        text = rest;
    }
}

/// What is quoted, and what follows the closing quote.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, text.get(at + 1..)?)),
            '\\' => match chars.next()?.1 {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn figures_are_read_and_everything_else_is_passed_over() {
        let text = "# HELP a b\n# TYPE a counter\na_total 3\nb{x=\"1\",y=\"say \\\"hi\\\"}\"} 0.5 1700\n\
                    c{le=\"+Inf\"} +Inf\nd NaN\nrubbish\ne{x=\"1\n{} 1\n# EOF\n";
        let read: Vec<_> = lines(text).collect();
        assert_eq!(read.len(), 5, "{read:?}");
        assert_eq!((read[0].name, read[0].value), ("a_total", 3.0));
        assert_eq!((read[1].label("y"), read[1].label("z")), ("say \"hi\"}", ""));
        assert!(read[2].value.is_infinite() && read[3].value.is_nan());
    }
}
