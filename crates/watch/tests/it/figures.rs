//! What the bot tells, read.

use watch::{Figures, NAMES};

const PAGE: &str = r#"# HELP gamekeeper_interactions Commands, presses and forms.
# TYPE gamekeeper_interactions counter
gamekeeper_interactions_total{kind="command",command="join",outcome="done"} 40
gamekeeper_interactions_total{kind="component",command="join",outcome="fault"} 2
gamekeeper_interaction_answer_seconds_sum{kind="command"} 3.5
gamekeeper_interaction_answer_seconds_count{kind="command"} 40
gamekeeper_interaction_answer_seconds_bucket{le="0.1",kind="command"} 30
gamekeeper_interaction_answer_seconds_bucket{le="+Inf",kind="command"} 40
gamekeeper_interaction_answer_seconds_bucket{le="0.1",kind="component"} 2
gamekeeper_interaction_answer_seconds_bucket{le="+Inf",kind="component"} 2
gamekeeper_interaction_answers_total{result="sent"} 40
gamekeeper_interaction_answers_total{result="late"} 1
gamekeeper_interaction_answers_total{result="failed"} 1
gamekeeper_log_lines_total{level="error"} 3
gamekeeper_log_lines_total{level="warn"} 4
gamekeeper_log_lines_total{level="info"} 500
gamekeeper_database_seconds_bucket{le="0.01",what="statement"} 9
gamekeeper_database_seconds_bucket{le="+Inf",what="statement"} 10
gamekeeper_database_seconds_bucket{le="+Inf",what="commit"} 100
gamekeeper_database_errors_total{kind="deadline"} 1
gamekeeper_database_errors_total{kind="constraint"} 9
gamekeeper_database_up 1
gamekeeper_ready 1
gamekeeper_gateway_connections_total{how="new"} 1
gamekeeper_gateway_connections_total{how="resumed"} 2
gamekeeper_gateway_closed_total 3
gamekeeper_gateway_shards{state="all"} 1
gamekeeper_gateway_shards{state="up"} 1
gamekeeper_reconcile_depth{state="due"} 1
gamekeeper_reconcile_depth{state="waiting"} 2
gamekeeper_reconcile_oldest_seconds 30
gamekeeper_discord_rate_limited_total{scope="user"} 5
gamekeeper_backup_age_seconds 7200
gamekeeper_memory_limit_bytes 0
gamekeeper_build_info{version="0.1.0"} 1
process_start_time_seconds 1764230000.5
process_resident_memory_bytes 41943040
# EOF
"#;

#[test]
fn a_page_is_read() {
    let read = Figures::read(PAGE).unwrap();
    assert_eq!((read.interactions, read.faults, read.unanswered), (42.0, 2.0, 2.0));
    assert_eq!((read.errors, read.warnings), (3.0, 4.0));
    assert_eq!((read.answers.count(), read.statements.count()), (42, 10));
    assert_eq!((read.database_errors, read.database_up, read.ready), (1.0, true, true));
    assert_eq!((read.sessions, read.resumed, read.closed, read.shards), (1.0, 2.0, 3.0, 1.0));
    assert_eq!((read.owed, read.oldest, read.limited), (3.0, 30.0, 5.0));
    assert_eq!((read.backup_hours, read.memory_limit), (Some(2.0), None));
    assert_eq!((read.version.as_str(), read.started), ("0.1.0", 1_764_230_000.5));
    for name in NAMES {
        assert!(PAGE.contains(name), "{name} is not in the example");
    }
}

#[test]
fn a_page_of_somebody_else_is_none() {
    assert_eq!(Figures::read(""), None);
    assert_eq!(Figures::read("<html>not found</html>"), None);
    assert_eq!(Figures::read("up 1\n"), None);
}
