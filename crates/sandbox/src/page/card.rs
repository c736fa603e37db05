//! What a newcomer is told on the page.

use serde::Serialize;

/// A short "try this". Texts may use the markup of messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Heading.
    pub title: String,
    /// A sentence or two below it.
    pub text: String,
    /// What to try, in order. The first one also says whom the page starts as, and where.
    pub steps: Vec<Step>,
}

/// One thing to try.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// Whom to be for it, by name.
    pub person: Option<String>,
    /// In which channel, by name.
    pub channel: Option<String>,
}

impl Step {
    /// A step of one person in one channel.
    pub fn new(person: &str, channel: &str, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            person: Some(person.to_owned()),
            channel: Some(channel.to_owned()),
        }
    }
}
