//! `gamekeeper demo`: a stage to play on in the browser, or at the terminal, as any of the people of
//! the guild.

mod browser;
mod prompt;
mod scenery;
mod screen;

use std::io::IsTerminal as _;

use engine::PanelKind;
use servers::poll::Pace;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines, Stdin},
    signal::unix::{Signal, SignalKind, signal},
};

use crate::{
    cli::DemoArgs,
    exit::Stop,
    local_amp::LocalAmp,
    logging::{self, LogLevel},
    run::no_signals,
    stage::{Setup, Stage},
    tour::trouble,
};

/// What a newcomer reads first, below the page's address.
const WELCOME: &str = "
This is a small Discord of your own, with the guild “Friendly Dragons” and Gamekeeper on it.
Olga owns the guild, Adam is a community admin; Gus, Mia, Ben, Kim and Sid are members.
Open the address above in a browser: a card there says what to try.

It can be played here at the terminal as well:
  press New game                   Adam presses the admin panel's button for Simple create
  fill name=Chess; emoji=♟️         fills in the form that opens
  look admin                       the admin panel again
  as mia                           be Mia from now on
  channels                         the channels she sees
  /joingame game=Chess             or: look games, press Join
  channels                         the game's channels have appeared
  as olga                          the owner sees the game servers of a local AMP panel, too
  /server list                     then: /server start server=Skyblock
  help                             everything else; quit ends
";

/// Plays until the person leaves.
#[expect(clippy::print_stdout, reason = "the demo talks on the terminal")]
pub async fn run(args: &DemoArgs) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let mut setup = Setup { data: args.data.clone(), ..Setup::default() };
    setup.discord.listen.set_port(args.port);
    setup.discord.card = Some(scenery::card());
    setup.bot = |bot| bot.servers = true;
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let stage = Stage::set(setup).await?;
    let failed = |why: String| Stop::Failed(why);
    scenery::furnish(&stage).map_err(failed)?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await.map_err(failed)?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await.map_err(failed)?;
    let panel =
        LocalAmp::start(0).await.map_err(|problem| Stop::Unavailable(problem.to_string()))?;
    let attendance = panel.attend(&stage, Pace::default())?;
    if args.faults {
        trouble::misbehave(&stage);
    }
    let page = stage.discord.page_url();
    println!("Play in the browser: {page}");
    println!("{WELCOME}");
    println!("A local Discord for any bot: {}/api/v10", stage.discord.origin());
    let at_terminal = std::io::stdin().is_terminal();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    if at_terminal && browser::is_there() {
        print!("Open the page in your browser now? [y/N] ");
        flush();
        match next(&mut lines, &mut terminate).await {
            Some(Some(answer)) if answer.trim().eq_ignore_ascii_case("y") => {
                if let Err(problem) = browser::open(&page) {
                    println!("That did not work ({problem}); please open {page} yourself.");
                }
            }
            Some(Some(_)) => {}
            Some(None) | None => {
                attendance.end().await;
                stage.close().await;
                return Ok(());
            }
        }
    }
    let mut prompt = prompt::Prompt::new(&stage);
    println!("{}", prompt.obey("look admin").await);
    loop {
        print!("{}", prompt.sign());
        flush();
        let Some(line) = next(&mut lines, &mut terminate).await else { break };
        let Some(line) = line else {
            if !at_terminal {
                // Nobody types; the page is still there to be played on.
                println!("(no more input: serving {page} until stopped)");
                stopped(&mut terminate).await;
            }
            break;
        };
        match line.trim() {
            "" => {}
            "quit" | "exit" => break,
            command => println!("{}", prompt.obey(command).await),
        }
    }
    println!();
    drop(prompt);
    attendance.end().await;
    stage.close().await;
    Ok(())
}

/// The next line, `Some(None)` at the end of the input; `None` when told to stop.
async fn next(
    lines: &mut Lines<BufReader<Stdin>>,
    terminate: &mut Signal,
) -> Option<Option<String>> {
    tokio::select! {
        line = lines.next_line() => Some(line.unwrap_or(None)),
        () = stopped(terminate) => None,
    }
}

async fn stopped(terminate: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn flush() {
    use std::io::Write as _;
    // A terminal that is gone is noticed at the next read.
    let _ = std::io::stdout().flush();
}
