//! The words in the picture of a server's history.

use chart::Labels;
use engine::HistorySpan;

use super::{Words, args, key};

/// How far back, as a choice.
pub fn span(span: HistorySpan) -> &'static str {
    match span {
        HistorySpan::Day => key!("history-day"),
        HistorySpan::Week => key!("history-week"),
        HistorySpan::Month => key!("history-month"),
    }
}

/// Everything the picture says. It fills some texts in itself, so those keep its marks.
pub fn labels(w: &Words) -> Labels {
    let whole = args![
        "title" => "{title}", "span" => "{span}", "from" => "{from}", "to" => "{to}",
        "uptime" => "{uptime}", "mean" => "{mean}", "peak" => "{peak}",
    ];
    let number = args!["number" => "{number}"];
    let date = args!["weekday" => "{weekday}", "day" => "{day}", "month" => "{month}"];
    Labels {
        day: w.get("chart-day"),
        week: w.get("chart-week"),
        month: w.get("chart-month"),
        uptime: w.get("chart-uptime"),
        mean: w.get("chart-mean"),
        peak: w.get("chart-peak"),
        average: w.get("chart-average"),
        maximum: w.get("chart-maximum"),
        capacity: w.with("chart-capacity", &number),
        online: w.get("server-online"),
        changing: w.get("chart-changing"),
        sleeping: w.get("server-sleeping"),
        offline: w.get("server-offline"),
        crashed: w.get("server-crashed"),
        suspended: w.get("server-suspended"),
        unknown: w.get("server-unknown"),
        nothing: w.get("chart-no-players"),
        weekdays: each(&w.get("chart-weekdays")),
        months: each(&w.get("chart-months")),
        weekday: w.with("chart-weekday", &date),
        date: w.with("chart-date", &date),
        percent: w.with("chart-percent", &number),
        decimal: w.get("chart-decimal"),
        description: w.with("chart-description", &whole),
        description_nothing: w.with("chart-nothing", &whole),
    }
}

/// Words with commas between them.
fn each<const N: usize>(words: &str) -> [String; N] {
    let mut words = words.split(", ");
    std::array::from_fn(|_| words.next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use domain::Locale;

    use super::*;

    #[test]
    fn days_and_months_have_their_names() {
        for (locale, day, month) in [(Locale::En, "Sun", "Dec"), (Locale::De, "So", "Dez.")] {
            let labels = labels(Words::of(locale));
            assert_eq!(labels.weekdays[6], day);
            assert_eq!(labels.months[11], month);
        }
    }

    #[test]
    fn what_the_picture_fills_in_keeps_its_marks() {
        for locale in [Locale::En, Locale::De] {
            let labels = labels(Words::of(locale));
            for (text, marks) in [
                (&labels.capacity, &["{number}"][..]),
                (&labels.percent, &["{number}"]),
                (&labels.date, &["{day}", "{month}"]),
                (&labels.weekday, &["{weekday}", "{day}"]),
                (&labels.description, &["{title}", "{span}", "{uptime}", "{mean}", "{peak}"]),
                (&labels.description_nothing, &["{title}", "{span}", "{from}", "{to}"]),
            ] {
                assert!(marks.iter().all(|mark| text.contains(mark)), "{text}");
            }
        }
    }
}
