use domain::{Admission, DriftPolicy, Layout, Visibility, audit::AuditKind};
use proptest::{option, prelude::*, sample};
use twilight_model::id::{Id, marker::UserMarker};

use super::*;

fn game() -> impl Strategy<Value = GameId> {
    (1..=i64::MAX).prop_map(GameId)
}

fn user() -> impl Strategy<Value = Id<UserMarker>> {
    (1..=u64::MAX).prop_map(Id::new)
}

fn panel() -> impl Strategy<Value = PanelKind> {
    sample::select(vec![PanelKind::Admin, PanelKind::Player])
}

fn query() -> impl Strategy<Value = AuditQuery> {
    (
        option::of(game()),
        option::of(user()),
        option::of(sample::select(AuditKind::ALL.to_vec())),
        option::of(any::<i64>()),
    )
        .prop_map(|(game, person, kind, before)| AuditQuery { game, person, kind, before })
}

fn any_id() -> impl Strategy<Value = CustomId> {
    prop_oneof![
        Just(CustomId::CreateSimple),
        Just(CustomId::SimpleModal),
        Just(CustomId::CreateAdvanced),
        Just(CustomId::Help),
        Just(CustomId::Close),
        (sample::select(DraftPart::ALL), "[0-9A-Za-z]{1,32}").prop_map(|(part, draft)| {
            CustomId::Draft(part, DraftId::new(draft).expect("has the form"))
        }),
        (sample::select(Purpose::ALL), any::<u16>()).prop_map(|(p, n)| CustomId::Pick(p, n)),
        (sample::select(Purpose::ALL), any::<u16>()).prop_map(|(p, n)| CustomId::Picked(p, n)),
        panel().prop_map(CustomId::Refresh),
        panel().prop_map(CustomId::Repost),
        (panel(), user()).prop_map(|(kind, id)| CustomId::CheckPanel(kind, id.cast())),
        any::<u16>().prop_map(CustomId::List),
        any::<u16>().prop_map(CustomId::MyGames),
        (sample::select(GameAct::ALL), game()).prop_map(|(act, id)| CustomId::Game(act, id)),
        (game(), any::<[u32; 5]>())
            .prop_map(|(id, marks)| CustomId::GameWords(id, shown::Shown(marks))),
        (game(), any::<u16>()).prop_map(|(id, page)| CustomId::Members(id, page)),
        (sample::select(SeatAct::ALL), game(), user())
            .prop_map(|(act, id, user)| CustomId::Seat(act, id, user)),
        (sample::select(ServerAct::ALL), (1..=i64::MAX).prop_map(ServerId))
            .prop_map(|(act, id)| CustomId::Server(act, id)),
        ((1..=i64::MAX).prop_map(ServerId), user())
            .prop_map(|(id, role)| CustomId::ServerRights(id, role.cast())),
        (sample::select(AuditPart::ALL), query()).prop_map(|(p, q)| CustomId::Audit(p, q)),
        sample::select(SettingsPart::ALL).prop_map(CustomId::Settings),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(id in any_id()) {
        let text = id.to_string();
        prop_assert!(text.len() <= MAX_LENGTH, "{text}");
        prop_assert_eq!(text.parse::<CustomId>(), Ok(id));
    }

    #[test]
    fn only_what_we_would_write_is_read(text in "[a-z0-9:+_-]{0,40}") {
        if let Ok(id) = text.parse::<CustomId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn anything_at_all_is_survived(text in ".*") {
        let _ = text.parse::<CustomId>();
    }
}

#[test]
fn the_longest_id_fits() {
    let query = AuditQuery {
        game: Some(GameId(i64::MAX)),
        person: Some(Id::new(u64::MAX)),
        kind: AuditKind::ALL.into_iter().max_by_key(|kind| kind.as_str().len()),
        before: Some(i64::MIN),
    };
    assert!(CustomId::Audit(AuditPart::Person, query).to_string().len() <= MAX_LENGTH);
}

#[test]
fn garbage_is_refused() {
    for text in [
        "",
        ":",
        "g",
        "g:i",
        "g:i:",
        "g:i:0",
        "g:i:-1",
        "g:i:+1",
        "g:i:01",
        "g:zz:1",
        "g:i:1:1",
        "G:i:1",
        " g:i:1",
        "g:i:1 ",
        "d:w:",
        "d:w:a b",
        "d:w:a:b",
        "p:j:65536",
        "p:j:-1",
        "rf:owner",
        "s:y:1:0",
        "au:s:::",
        "au:s::::x",
        "au:s:::nonsense:",
        "st:",
        "new:",
        "x:1",
    ] {
        assert_eq!(text.parse::<CustomId>(), Err(UnknownId), "{text:?}");
    }
    assert!("d:w:".to_owned().repeat(40).parse::<CustomId>().is_err());
    assert!(DraftId::new("x".repeat(33)).is_none());
}

/// Buttons that hang in channels must mean the same after an update.
#[test]
fn codes_of_lasting_messages_do_not_change() {
    let user = Id::new(22);
    for (id, text) in [
        (CustomId::CreateSimple, "new"),
        (CustomId::CreateAdvanced, "adv"),
        (CustomId::Pick(Purpose::Join, 0), "p:j:0"),
        (CustomId::Pick(Purpose::Leave, 0), "p:l:0"),
        (CustomId::Pick(Purpose::Manage, 0), "p:m:0"),
        (CustomId::Pick(Purpose::Archive, 0), "p:a:0"),
        (CustomId::Pick(Purpose::Restore, 0), "p:r:0"),
        (CustomId::Pick(Purpose::Delete, 0), "p:d:0"),
        (CustomId::Picked(Purpose::Join, 0), "ps:j:0"),
        (CustomId::List(0), "ls:0"),
        (CustomId::MyGames(0), "my:0"),
        (CustomId::Help, "help"),
        (CustomId::Refresh(PanelKind::Admin), "rf:admin"),
        (CustomId::Repost(PanelKind::Player), "rp:player"),
        (CustomId::Settings(SettingsPart::Show), "st:s"),
        (CustomId::Audit(AuditPart::Newest, AuditQuery::default()), "au:t::::"),
        (CustomId::Seat(SeatAct::Approve, GameId(7), user), "s:y:7:22"),
        (CustomId::Seat(SeatAct::Decline, GameId(7), user), "s:n:7:22"),
    ] {
        assert_eq!(id.to_string(), text);
    }
}

#[test]
fn values_are_read_back_and_nothing_else() {
    for it in [Admission::Open, Admission::Approval] {
        assert_eq!(value::admission(value::of_admission(it)), Some(it));
    }
    for it in [Visibility::Everyone, Visibility::Members] {
        assert_eq!(value::visibility(value::of_visibility(it)), Some(it));
    }
    for it in [DriftPolicy::Repair, DriftPolicy::Accept, DriftPolicy::Ask] {
        assert_eq!(value::drift(value::of_drift(it)), Some(it));
    }
    for kind in AuditKind::ALL {
        assert_eq!(value::audit_kind(kind.as_str()), Some(Some(kind)));
    }
    assert_eq!(value::audit_kind(value::ANY), Some(None));
    assert_eq!(value::audit_kind("nonsense"), None);
    assert_eq!(value::voice("5"), Some(5));
    assert_eq!(value::voice("6"), None);
    assert_eq!(value::voice("0"), None);
    let all: Vec<String> = value::TEXT_SLOTS.into_iter().map(value::of_slot).collect();
    let layout = value::channels(&all, Layout::SIMPLE).expect("ours");
    assert_eq!(layout.channel_count(), 6);
    assert_eq!(value::channels::<&str>(&[], layout).map(|it| it.channel_count()), Some(2));
    assert_eq!(value::channels(&["role:admin"], layout), None);
    assert_eq!(value::channels(&["channel:voice-1"], layout), None);
    assert_eq!(value::game("12"), Some(GameId(12)));
    assert_eq!(value::game("#12"), None);
    assert_eq!(value::game("-12"), None);
}
