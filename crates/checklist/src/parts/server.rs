//! The host itself. A bot that runs with few rights cannot judge most of this, and should not.

use crate::item::{Part, check, yours};

pub(super) const SECURITY: Part = Part {
    key: "server-security",
    title: "Server security",
    items: &[
        check("server-security.root", "The bot does not run as root", "host.root"),
        check(
            "server-security.database-address",
            "The database does not listen on a public address",
            "database.address",
        ),
        yours(
            "server-security.firewall",
            "From the internet nothing but SSH is reachable",
            "Only root may read the rules, and only you know what else runs here",
            "sudo nft list ruleset",
        ),
        yours(
            "server-security.ssh",
            "SSH lets nobody in by password, and root not at all",
            "Only root may read the effective settings",
            "sudo sshd -T | grep -E '^(passwordauthentication|permitrootlogin) '",
        ),
        yours(
            "server-security.fail2ban",
            "Whoever guesses passwords is shut out",
            "Only root may ask fail2ban",
            "sudo fail2ban-client status sshd",
        ),
        yours(
            "server-security.updates",
            "Security updates are installed by themselves",
            "Only root may try them, and when to reboot is your decision",
            "sudo unattended-upgrade --dry-run",
        ),
        yours(
            "server-security.people",
            "Nobody can become root here who should not",
            "Who should, only you know",
            "getent group sudo",
        ),
    ],
};
