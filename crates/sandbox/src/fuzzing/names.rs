//! Ids are new in every world, so inputs name things: `$text` stands for the id of the text channel.

/// Names and what they stand for.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// Gives a name, or gives it a new meaning.
    #[expect(clippy::needless_pass_by_value, reason = "ids and texts alike, often made in place")]
    pub(super) fn set(&mut self, name: &str, meaning: impl ToString) {
        let meaning = meaning.to_string();
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = meaning,
            None => self.0.push((name.to_owned(), meaning)),
        }
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, meaning)| meaning.as_str())
    }

    /// The text with every `$name` replaced; what is no name stays as it is.
    pub(super) fn fill(&self, text: &[u8]) -> Vec<u8> {
        let mut filled = Vec::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some(at) = rest.iter().position(|byte| *byte == b'$') {
            filled.extend_from_slice(&rest[..at]);
            let name = &rest[at + 1..];
            let end = name.iter().position(|byte| !byte.is_ascii_lowercase() && *byte != b'-');
            let name = &name[..end.unwrap_or(name.len())];
            match std::str::from_utf8(name).ok().and_then(|name| self.get(name)) {
                Some(meaning) => filled.extend_from_slice(meaning.as_bytes()),
                None => filled.extend_from_slice(&rest[at..=at + name.len()]),
            }
            rest = &rest[at + 1 + name.len()..];
        }
        filled.extend_from_slice(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_filled_in() {
        let mut names = Names::default();
        names.set("role", 7);
        names.set("role", 8);
        assert_eq!(names.fill(b"$role, $roles and $"), b"8, $roles and $");
    }
}
