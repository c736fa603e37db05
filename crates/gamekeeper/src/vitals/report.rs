//! What is seen, as the lines of `/readyz`.

use std::time::Duration;

use web::{Report, State};

use super::Vitals;

impl Vitals {
    /// A line for each thing. Only what keeps people from being served fails; everything else is a
    /// warning, for nobody is to be restarted for it.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        let bot::Status { shards, ready, divided, commands, without_members } = self.status;
        let gateway = match self.gateway_down {
            None => (State::Good, format!("{ready} of {shards} shards are up")),
            Some(_) if !divided => (State::Failed, "not connected yet".to_owned()),
            Some(down) => {
                (State::Failed, format!("{ready} of {shards} shards are up {}", since(down)))
            }
        };
        report.add("gateway", gateway.0, gateway.1);
        let commands =
            if commands { (State::Good, "known") } else { (State::Failed, "not known yet") };
        report.add("commands", commands.0, commands.1);
        if without_members {
            report.add("members", State::Warning, "Discord refuses the Server Members intent");
        }
        let calls = if self.paused { (State::Warning, "paused") } else { (State::Good, "made") };
        report.add("calls", calls.0, calls.1);
        match self.database_away {
            None => report.add("database", State::Good, "answers"),
            Some(away) => {
                report.add("database", State::Failed, format!("does not answer {}", since(away)));
            }
        }
        match &self.reconciling {
            None => report.add("reconciler", State::Good, "not asked yet"),
            Some(reconciling) => {
                let (due, oldest) = (reconciling.backlog.due, reconciling.oldest);
                let late = oldest >= Duration::from_mins(15);
                let state = if late { State::Warning } else { State::Good };
                let words = format!("{due} games due, the oldest for {} s", oldest.as_secs());
                report.add("reconciler", state, words);
            }
        }
        let unreadable = self.panels.iter().filter(|panel| panel.unreadable.is_some()).count();
        let state = if unreadable == 0 { State::Good } else { State::Warning };
        let words = format!(
            "{} of {} panels can be read",
            self.panels.len() - unreadable,
            self.panels.len()
        );
        report.add("amp", state, words);
        report
    }
}

fn since(span: Duration) -> String {
    format!("for {} s", span.as_secs())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use servers::poll::PanelStanding;

    use super::Vitals;

    fn good() -> Vitals {
        let status = bot::Status {
            shards: 1,
            divided: true,
            ready: 1,
            without_members: false,
            commands: true,
        };
        Vitals { status, ..Vitals::default() }
    }

    #[test]
    fn a_process_without_shards_is_idle_and_healthy() {
        let mut idle = good();
        (idle.status.shards, idle.status.ready) = (0, 0);
        assert!(idle.report().is_good() && idle.is_ready());
    }

    #[test]
    fn what_is_late_is_a_warning_and_what_is_away_a_failure() {
        let mut late = good();
        let unreadable = Some(Duration::from_hours(2));
        late.panels = vec![PanelStanding { name: "main".to_owned(), unreadable }];
        late.paused = true;
        let text = late.report().text();
        assert!(text.contains("[!] amp: 0 of 1 panels") && text.ends_with("ok\n"), "{text}");
        late.database_away = Some(Duration::from_secs(7));
        let text = late.report().text();
        assert!(text.contains("[-] database: does not answer for 7 s"), "{text}");
        assert!(!late.report().is_good() && !late.is_ready());
    }
}
