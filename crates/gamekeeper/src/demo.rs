//! `gamekeeper demo`: a stage to play on at the terminal, as any of the people of the guild.

mod prompt;
mod screen;

use engine::PanelKind;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::{
    cli::DemoArgs,
    exit::Stop,
    logging::{self, LogLevel},
    stage::{Setup, Stage},
    tour::trouble,
};

/// What a newcomer reads first.
const WELCOME: &str = "
This is a small Discord of your own, with the guild “Friendly Dragons” and Gamekeeper on it.
Olga owns the guild, Adam is a community admin; Gus, Mia, Ben, Kim and Sid are members.

Try this:
  press New game                   Adam presses the admin panel's button for Simple create
  fill name=Chess; emoji=♟️         fills in the form that opens
  look admin                       the admin panel again
  as mia                           be Mia from now on
  channels                         the channels she sees
  /joingame game=Chess             or: look games, press Join
  channels                         the game's channels have appeared
  help                             everything else; quit ends
";

/// Plays until the person leaves.
#[expect(clippy::print_stdout, reason = "the demo talks on the terminal")]
pub async fn run(args: &DemoArgs) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let mut setup = Setup { data: args.data.clone(), ..Setup::default() };
    setup.discord.listen.set_port(args.port);
    let stage = Stage::set(setup).await?;
    let failed = |why: String| Stop::Failed(why);
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await.map_err(failed)?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await.map_err(failed)?;
    if args.faults {
        trouble::misbehave(&stage);
    }
    println!("{WELCOME}");
    println!("A local Discord for any bot: {}/api/v10", stage.discord.origin());
    let mut prompt = prompt::Prompt::new(&stage);
    println!("{}", prompt.obey("look admin").await);
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        print!("{}", prompt.sign());
        flush();
        let line = tokio::select! {
            line = lines.next_line() => line.unwrap_or(None),
            _ = tokio::signal::ctrl_c() => None,
        };
        let Some(line) = line else { break };
        match line.trim() {
            "" => {}
            "quit" | "exit" => break,
            command => println!("{}", prompt.obey(command).await),
        }
    }
    println!();
    drop(prompt);
    stage.close().await;
    Ok(())
}

fn flush() {
    use std::io::Write as _;
    // A terminal that is gone is noticed at the next read.
    let _ = std::io::stdout().flush();
}
