//! `gamekeeper doctor` on an installation in order, and on one that is broken in many ways, one at a
//! time: each is named, with its cure.

mod breakages;
mod house;
mod postgres;
mod tenant;

use gamekeeper::stage::verbs::Told;

use house::House;

#[tokio::test(flavor = "multi_thread")]
async fn on_a_good_installation_it_has_nothing_to_say() -> Told<()> {
    let house = House::in_order().await?;
    let told = house.ask(&["--strict"], &[]).await?;
    assert_eq!(told.code, Some(0), "{}", told.text());
    assert_eq!(told.complaints, "", "silent but for the table");
    let lines = told.table.lines().filter(|line| !line.is_empty());
    let strange: Vec<&str> =
        lines.filter(|line| !line.starts_with("ok ") && !line.starts_with("skipped ")).collect();
    assert!(matches!(strange[..], [end] if end.contains("0 to put right")), "{strange:#?}");
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_refused() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let said = |words: &[&str]| {
        let mut command = crate::program::gamekeeper(home.path(), &[]);
        let output = command.arg("doctor").args(words).output().expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, words) = said(&["--skip", "host.roof=none"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("there is no check `host.roof`"), "{words}");
    let (code, words) = said(&["--skip", "host.root"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("without a reason"), "{words}");
    // Nothing is set: that is what it says, and it looks at the rest all the same.
    let (code, words) = said(&[]);
    assert_eq!(code, Some(2));
    assert!(words.contains("to put right"), "{words}");
    Ok(())
}
