//! Which known name somebody may have meant.

use crate::{all, find};

/// Names that the tests of this project use are nobody's settings.
const OF_TESTS: &str = "GAMEKEEPER_TEST_";
/// What many names begin with, so that it says nothing.
const PREFIXES: [&str; 3] = ["GAMEKEEPER_", "DISCORD_", "AMP_"];
/// Letters that are wrong, left out, too many or swapped in a slip.
const SLIPS: usize = 2;

/// Whether a name is in our part of the environment, or is one of ours with a slip.
pub(crate) fn looks_like_ours(name: &str) -> bool {
    if name.starts_with(OF_TESTS) {
        return false;
    }
    let prefixed = name.starts_with("GAMEKEEPER_") || name.starts_with("AMP_");
    // Other bots' variables begin with DISCORD_ too: only what is nearly ours is a slip.
    prefixed || (name.starts_with("DISCORD_") && to(name).is_some())
}

/// The known name that is most like this one, if any is much like it.
pub(crate) fn to(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    if let Some(own) = name.strip_suffix("_FILE").and_then(find) {
        return Some(own.name.into_owned());
    }
    let slips = |known: &str| strsim::osa_distance(bare(known), bare(&name));
    all()
        .map(|variable| (slips(variable.name), variable.name))
        .filter(|(slips, _)| *slips <= SLIPS)
        // Of two that are as near, the one of the same part.
        .min_by_key(|(slips, known)| (*slips, strsim::osa_distance(known, &name)))
        .map(|(_, nearest)| nearest.to_owned())
}

fn bare(name: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{looks_like_ours, to};

    #[test]
    fn a_slip_is_recognised() {
        let nearest = |name: &str| to(name);
        assert_eq!(nearest("DISCORD_TOKN").as_deref(), Some("DISCORD_TOKEN"));
        assert_eq!(nearest("GAMEKEEPER_SHARD").as_deref(), Some("GAMEKEEPER_SHARDS"));
        assert_eq!(nearest("AMP_USER_NAME").as_deref(), Some("AMP_USERNAME"));
        assert_eq!(nearest("amp_url").as_deref(), Some("AMP_URL"));
        assert_eq!(nearest("GAMEKEEPER_LOG_LEVLE").as_deref(), Some("LOG_LEVEL"));
        assert_eq!(nearest("GAMEKEEPER_QQQ"), None);
        assert_eq!(nearest("PATH"), None);
    }

    #[test]
    fn others_are_left_alone() {
        assert!(looks_like_ours("GAMEKEEPER_WHATEVER"));
        assert!(looks_like_ours("DISCORD_CLIENTID"));
        assert!(!looks_like_ours("DISCORD_WEBHOOK_OF_SOMEBODY_ELSE"));
        assert!(!looks_like_ours("GAMEKEEPER_TEST_POSTGRES"));
    }
}
