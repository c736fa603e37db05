//! `gamekeeper completions` and `gamekeeper man`: what the command line says of itself, for a shell
//! and for `man`.

use std::io::{self, Write as _};

use clap::Args;
use clap_complete::Shell;

use crate::exit::Stop;

/// For which shell.
#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// The shell.
    pub shell: Shell,
}

/// Which page.
#[derive(Args, Clone, Debug)]
pub struct Man {
    /// The command it is about, such as `migrate down`; the program when left out.
    #[arg(value_name = "COMMAND")]
    pub path: Vec<String>,
}

/// Prints the script that a shell reads.
pub fn completions(args: &Completions, mut program: clap::Command) -> Result<(), Stop> {
    let mut script = Vec::new();
    let name = program.get_name().to_owned();
    clap_complete::generate(args.shell, &mut program, name, &mut script);
    print(&script)
}

/// Prints a page for `man`.
pub fn man(args: &Man, mut program: clap::Command) -> Result<(), Stop> {
    // Names commands in full: gamekeeper-migrate-down.
    program.build();
    let mut command = &program;
    for name in &args.path {
        command = command.find_subcommand(name).ok_or_else(|| {
            Stop::Usage(format!("there is no command `{name}`; gamekeeper --help lists them"))
        })?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(|error| Stop::Failed(format!("the page cannot be made: {error}")))?;
    print(&page)
}

/// A reader that has seen enough (`| head`) is no trouble.
fn print(bytes: &[u8]) -> Result<(), Stop> {
    match io::stdout().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Stop::Unavailable(format!("it cannot be printed: {error}")))
        }
        _ => Ok(()),
    }
}
