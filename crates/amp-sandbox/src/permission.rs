//! Permission nodes: granted, denied with a leading `-`, `*` for all below.

/// Whether the grants allow a node. A denial wins over any grant.
pub(crate) fn allows(grants: &[String], node: &str) -> bool {
    let denied = grants.iter().filter_map(|grant| grant.strip_prefix('-'));
    let mut granted = grants.iter().filter(|grant| !grant.starts_with('-'));
    !denied.into_iter().any(|grant| covers(grant, node)) && granted.any(|grant| covers(grant, node))
}

fn covers(grant: &str, node: &str) -> bool {
    match grant.strip_suffix('*') {
        Some("") => true,
        Some(stem) => stem.ends_with('.') && node.starts_with(stem),
        None => grant == node,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_cover_what_is_below_them_and_denials_win() {
        let grants = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let some = grants(&["Core.AppManagement.*", "-Core.AppManagement.StopApplication"]);
        assert!(allows(&some, "Core.AppManagement.StartApplication"));
        assert!(!allows(&some, "Core.AppManagement.StopApplication"));
        assert!(!allows(&some, "Core.UserManagement.ViewActiveSessions"));
        assert!(!allows(&grants(&["Core.App*"]), "Core.AppManagement.StartApplication"));
        assert!(allows(&grants(&["*"]), "anything"));
        assert!(!allows(&[], "anything"));
    }
}
