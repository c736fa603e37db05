//! Whatever is told, there is a report.

use proptest::prelude::*;
use watch::{Figures, Log, Look, Seen, report};

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..1e6, any::<f64>(), Just(f64::NAN), Just(f64::INFINITY), Just(-1.0),]
}

fn any_page() -> impl Strategy<Value = String> {
    let line =
        (proptest::sample::select(watch::NAMES.to_vec()), "[a-z\"\\\\,}= ]{0,12}", any_number())
            .prop_map(|(name, label, value)| match label.len() % 3 {
                0 => format!("{name} {value}\n"),
                1 => format!("{name}{{le=\"{value}\",what=\"statement\"}} {value}\n"),
                _ => format!("{name}{{{label}}} {value}\n"),
            });
    proptest::collection::vec(line, 0..40).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_or_is_none(text in "(?s).{0,200}") {
        let _ = Figures::read(&text);
    }

    #[test]
    fn any_day_has_a_report(
        pages in proptest::collection::vec((any_page(), 0.0..0.5_f64, any::<bool>()), 0..20),
    ) {
        let mut log = Log::default();
        let mut hours = 0.0;
        for (page, later, there) in pages {
            hours += later;
            let figures = Figures::read(&page).filter(|_| there);
            let seen = figures.map_or(Seen::Away("gone".to_owned()), |f| Seen::Up(Box::new(f)));
            log.add(Look { hours, seen, not_ready: String::new() });
        }
        let report = report(&log);
        prop_assert!(report.up <= report.hours + 1e-6 && report.ready <= report.up + 1e-6);
        prop_assert!(!report.to_string().is_empty());
        prop_assert!(report.errors >= 0.0 && report.interactions >= 0.0);
        for verdict in &report.verdicts {
            prop_assert!(!verdict.cure.is_empty());
        }
    }
}
