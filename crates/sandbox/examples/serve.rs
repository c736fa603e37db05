//! A sandbox to play with: `cargo run -p sandbox --example serve -- 127.0.0.1:4700`.

use sandbox::{Config, Sandbox};

#[tokio::main]
#[allow(clippy::print_stdout, reason = "a program that says where to find it")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| String::from("127.0.0.1:4700"));
    let token = Some(String::from("bot-token"));
    let config = Config { listen: listen.parse()?, token, ..Config::default() };
    let sandbox = Sandbox::start(config).await?;
    println!("REST    {}/api/v10", sandbox.origin());
    println!("gateway {}", sandbox.gateway_url());
    println!("control {}/sandbox", sandbox.origin());
    println!("token   {}", sandbox.token());
    tokio::signal::ctrl_c().await?;
    sandbox.stop();
    Ok(())
}
