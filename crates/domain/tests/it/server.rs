//! What looks at a server mean.

use domain::{
    RoleId, Standing, UserId,
    server::{
        Alert, App, Asked, Cause, Players, Reading, Seen, ServerAccess, ServerAction,
        ServerActions, ServerGrant, ServerName, ServerState, Step, Watch, authorize_server, follow,
    },
};
use proptest::prelude::*;

const MIA: UserId = UserId::new(7);
/// Between two looks.
const LOOK_MS: i64 = 15_000;

/// A server that is looked at every 15 s.
#[derive(Default)]
struct Tale {
    watch: Watch,
    now: i64,
    told: Vec<String>,
}

impl Tale {
    fn look(&mut self, seen: &Seen) -> Step {
        self.now += LOOK_MS;
        let step = follow(&self.watch, seen, Some(3), self.now - 1, self.now);
        if let Some(change) = step.change {
            self.told.push(format!("{} → {} ({:?})", change.from, change.to, change.cause));
        }
        self.told.extend(step.alerts.iter().map(|alert| format!("{alert:?}")));
        if let Some((asked, done)) = step.settled {
            self.told.push(format!("{:?} {}", asked.action, if done { "done" } else { "failed" }));
        }
        self.watch = step.watch.clone();
        step
    }

    fn sees(mut self, apps: &[App]) -> Self {
        for app in apps {
            self.look(&Seen::Reading(Reading::of(*app)));
        }
        self
    }

    fn misses(mut self, times: usize) -> Self {
        for _ in 0..times {
            self.look(&Seen::Missed);
        }
        self
    }

    fn asks(mut self, action: ServerAction) -> Self {
        self.watch.asked = Some(Asked::new(action, MIA, self.now));
        self
    }

    fn so(self) -> String {
        self.told.join("\n").replace("Id<UserMarker>(7)", "Mia")
    }
}

fn running() -> Tale {
    let mut tale = Tale::default().sees(&[App::Running]);
    tale.told.clear();
    tale
}

#[test]
fn a_crash_alarms_at_the_second_look_and_once() {
    use App::{Failed, Running, Starting};
    let tale = running().sees(&[Failed, Failed, Failed, Starting, Running, Running]).so();
    insta::assert_snapshot!(tale, @r"
    online → crashed (Itself)
    Crashed
    crashed → starting (Elsewhere)
    starting → online (Elsewhere)
    Back { after_ms: 60000 }
    ");
}

#[test]
fn one_bad_look_is_no_news() {
    let tale = running().sees(&[App::Failed, App::Starting, App::Running]).misses(1);
    let tale = tale.sees(&[App::Running]).so();
    insta::assert_snapshot!(tale, @r"
    online → crashed (Itself)
    crashed → starting (Elsewhere)
    starting → online (Elsewhere)
    ");
}

#[test]
fn silence_is_not_being_offline() {
    let tale = running().misses(4).sees(&[App::Running]).so();
    insta::assert_snapshot!(tale, @r"
    online → unknown (Silence)
    Unreachable
    unknown → online (Silence)
    Back { after_ms: 45000 }
    ");
}

#[test]
fn gone_without_a_word_alarms() {
    let tale = running().sees(&[App::Stopped, App::Stopped, App::Stopped]).so();
    insta::assert_snapshot!(tale, @r"
    online → offline (Elsewhere)
    Offline
    ");
}

#[test]
fn stopped_on_the_panel_is_no_alarm() {
    let tale = running().sees(&[App::Stopping, App::Stopped, App::Stopped]).so();
    insta::assert_snapshot!(tale, @r"
    online → stopping (Elsewhere)
    stopping → offline (Elsewhere)
    ");
}

#[test]
fn what_was_offline_from_the_start_alarms_nobody() {
    let tale = Tale::default().sees(&[App::Stopped, App::Stopped]).misses(3);
    let tale = tale.sees(&[App::Failed, App::Failed]).so();
    insta::assert_snapshot!(tale, @r"
    unknown → offline (Silence)
    offline → unknown (Silence)
    unknown → crashed (Silence)
    ");
}

#[test]
fn who_stops_it_is_named_even_when_the_game_ends_badly() {
    let tale = running().asks(ServerAction::Stop).sees(&[App::Failed, App::Failed]).so();
    insta::assert_snapshot!(tale, @r"
    online → offline (Asked { by: Mia, action: Stop })
    Stop done
    ");
}

#[test]
fn a_start_is_followed_until_it_is_up() {
    use App::{Running, Starting, Stopped};
    let tale = Tale::default().sees(&[Stopped]).asks(ServerAction::Start);
    let slow = [Starting; 20];
    let tale = tale.sees(&[Stopped]).sees(&slow).sees(&[Running]).so();
    insta::assert_snapshot!(tale, @r"
    unknown → offline (Silence)
    offline → starting (Asked { by: Mia, action: Start })
    starting → online (Asked { by: Mia, action: Start })
    Start done
    ");
}

#[test]
fn a_start_that_fails_is_told_to_whoever_asked_and_no_alarm() {
    use App::{Failed, Starting, Stopped};
    let tale = Tale::default().sees(&[Stopped]).asks(ServerAction::Start);
    let tale = tale.sees(&[Starting, Failed, Failed, Failed]).so();
    insta::assert_snapshot!(tale, @r"
    unknown → offline (Silence)
    offline → starting (Asked { by: Mia, action: Start })
    starting → crashed (Itself)
    Start failed
    ");
}

#[test]
fn a_crashed_server_is_started_and_was_crashed_before() {
    use App::{Failed, Running, Starting};
    let tale = running().sees(&[Failed, Failed]).asks(ServerAction::Start);
    let tale = tale.sees(&[Failed, Starting, Running]).so();
    insta::assert_snapshot!(tale, @r"
    online → crashed (Itself)
    Crashed
    crashed → starting (Asked { by: Mia, action: Start })
    starting → online (Asked { by: Mia, action: Start })
    Back { after_ms: 60000 }
    Start done
    ");
}

#[test]
fn a_look_from_before_settles_nothing() {
    let mut tale = running();
    tale.now += LOOK_MS;
    let began = tale.now - 5;
    tale = tale.asks(ServerAction::Start);
    let seen = Seen::Reading(Reading::of(App::Running));
    let step = follow(&tale.watch, &seen, None, began, tale.now + 1);
    assert_eq!(step.settled, None);
    assert!(follow(&tale.watch, &seen, None, tale.now + 2, tale.now + 3).settled.is_some());
}

#[test]
fn what_never_arrives_is_given_up_after_half_an_hour() {
    let mut tale = Tale::default().sees(&[App::Stopped]).asks(ServerAction::Start);
    tale = tale.sees(&[App::Starting; 130]);
    assert!(tale.told.contains(&"Start failed".to_owned()), "{:?}", tale.told);
    assert_eq!(tale.watch.asked, None);
}

#[test]
fn a_start_that_nothing_comes_of_is_given_up() {
    let tale = Tale::default().sees(&[App::Stopped]).asks(ServerAction::Start);
    let tale = tale.sees(&[App::Stopped; 12]).so();
    insta::assert_snapshot!(tale, @r"
    unknown → offline (Silence)
    Start failed
    ");
}

#[test]
fn a_restart_too_quick_to_be_seen_is_known_by_its_uptime() {
    let mut tale = running().asks(ServerAction::Restart);
    let up = |uptime_s| Reading { uptime_s: Some(uptime_s), ..Reading::of(App::Running) };
    tale.look(&Seen::Reading(up(500)));
    assert_eq!(tale.told.len(), 0, "it has not been away yet");
    tale.look(&Seen::Reading(up(29)));
    assert_eq!(tale.told.len(), 0, "29 s may be 29.9, and that was before it was asked");
    tale.look(&Seen::Reading(up(4)));
    assert_eq!(tale.so(), "Restart done");
}

#[test]
fn a_crowd_is_told_once_and_again_after_it_went() {
    let mut tale = running();
    for online in [2, 3, 5, 4, 1, 3] {
        let players = Players { online, ..Players::default() };
        tale.look(&Seen::Reading(Reading { players, ..Reading::of(App::Running) }));
    }
    assert_eq!(tale.told, ["Crowded { online: 3 }", "Crowded { online: 3 }"]);
}

#[test]
fn a_word_nobody_knows_changes_nothing() {
    let tale = running().sees(&[App::Unclear; 5]);
    assert_eq!((tale.watch.state, tale.told.len()), (ServerState::Online, 0));
    assert_eq!(tale.watch.fresh, Some(tale.now), "it was an answer all the same");
}

#[test]
fn rights() {
    let (bakers, others) = (RoleId::new(1), RoleId::new(2));
    let actions = [ServerAction::Console, ServerAction::Manage].into_iter().collect();
    let grants = [ServerGrant { role: bakers, actions }];
    let may = |standing, roles: &[RoleId], tied| {
        let access = ServerAccess { standing, roles, grants: &grants, tied };
        let allowed = |action: &ServerAction| authorize_server(&access, *action).is_ok();
        let all = ServerAction::ALL.into_iter().filter(allowed).map(ServerAction::as_str);
        all.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(may(Standing::Player, &[others], false), "");
    assert_eq!(may(Standing::Player, &[others], true), "status");
    // Managing cannot be granted, whatever a row says.
    assert_eq!(may(Standing::Player, &[bakers], false), "console");
    assert_eq!(may(Standing::GameAdmin, &[], true), "status start restart");
    assert_eq!(may(Standing::GameAdmin, &[bakers], true), "status start restart console");
    let all = "status start stop restart kill update console backup manage";
    assert_eq!(may(Standing::CommunityAdmin, &[], false), all);
    assert_eq!(ServerActions::of_game_admins().iter().count(), 3);
}

#[test]
fn names_of_a_panel_become_names() {
    let name = |raw: &str| ServerName::of_panel(raw, "ark01").to_string();
    assert_eq!(name("  The\u{202e} big\n one "), "The big one");
    assert_eq!(name("\u{200b}"), "ark01");
    assert_eq!(name(&"x".repeat(200)).len(), 60);
    assert_eq!(ServerName::of_panel("", "").to_string(), "server");
}

fn any_app() -> impl Strategy<Value = Option<App>> {
    use App::{
        Failed, Running, Sleeping, Starting, Stopped, Stopping, Suspended, Unclear, Updating,
    };
    let apps =
        [Running, Starting, Stopping, Sleeping, Updating, Stopped, Failed, Suspended, Unclear];
    proptest::option::weighted(0.8, proptest::sample::select(apps.to_vec()))
}

proptest! {
    /// Whatever happens: what is shown is never older than the second look that nobody answered,
    /// alarms and their ends alternate, and what was asked for is settled once.
    #[test]
    fn never_wrong_for_long(
        looks in proptest::collection::vec((any_app(), proptest::option::weighted(0.1, 0..9usize)), 1..60),
    ) {
        let mut tale = Tale::default();
        let (mut alarmed, mut owed) = (false, false);
        for (app, ask) in looks {
            if let Some(action) = ask.map(|n| ServerAction::ALL[n]) {
                tale = tale.asks(action);
                owed = true;
            }
            let reading = app.map(Reading::of);
            let says = reading.as_ref().and_then(Reading::state);
            let step = tale.look(&reading.map_or(Seen::Missed, Seen::Reading));
            if let Some(says) = says {
                let ended = says == ServerState::Crashed && tale.watch.state == ServerState::Offline;
                prop_assert!(tale.watch.state == says || ended);
            }
            let silent = tale.watch.misses >= 2 || tale.watch.fresh.is_none();
            let unknown = tale.watch.state == ServerState::Unknown;
            prop_assert!((!silent || unknown) && (!unknown || says.is_none()));
            for alert in &step.alerts {
                match alert {
                    Alert::Back { .. } => prop_assert!(std::mem::take(&mut alarmed), "back from nothing"),
                    Alert::Crowded { .. } => {}
                    _ => alarmed = true,
                }
            }
            prop_assert!(!(alarmed && tale.watch.state.is_up()), "up, and the alarm stands");
            if step.settled.is_some() {
                prop_assert!(std::mem::take(&mut owed), "settled twice");
            }
            prop_assert_eq!(owed, tale.watch.asked.is_some());
            if let Some(change) = step.change {
                prop_assert!(change.from != change.to);
                prop_assert!((change.cause == Cause::Silence)
                    == (change.from == ServerState::Unknown || change.to == ServerState::Unknown));
            }
        }
    }
}
