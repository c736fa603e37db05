//! AMP's numbers for what an application does.

use domain::server::App;

/// What AMP's state number means. A number nobody knows is [`App::Unclear`], never a failure.
pub fn app_of(state: i64) -> App {
    match state {
        0 => App::Stopped,
        // Before the start, configuring, starting, restarting, waiting for something to start.
        5 | 7 | 10 | 30 | 60 => App::Starting,
        20 => App::Running,
        // Stopping, and getting ready to sleep.
        40 | 45 => App::Stopping,
        50 => App::Sleeping,
        // Installing, updating, in maintenance.
        70 | 75 | 250 => App::Updating,
        100 => App::Failed,
        200 => App::Suspended,
        // -1 undefined, 80 waits for somebody to type, 999 indeterminate, and whatever comes.
        _ => App::Unclear,
    }
}
