//! A goal, and figures in its unit.

/// What a figure should be.
#[derive(Clone, Copy)]
pub(super) enum Goal {
    AtMost(f64),
    AtLeast(f64),
    /// For information only.
    None,
}

/// The unit of a figure and of its goal.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// Our side divided by the other.
    Times,
    /// The same as a fraction, `1/20`.
    Fraction,
    MebiBytes,
    MegaBytes,
    Milliseconds,
    /// How much longer, in percent.
    PercentLonger,
    CallsPerRoom,
}

impl Goal {
    pub(super) fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtMost(most) => figure <= most,
            Self::AtLeast(least) => figure >= least,
            Self::None => true,
        }
    }

    pub(super) fn text(self, unit: Unit) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {}", unit.text(most)),
            Self::AtLeast(least) => format!("≥ {}", unit.text(least)),
            Self::None => "none".to_owned(),
        }
    }
}

impl Unit {
    pub(super) fn text(self, figure: f64) -> String {
        match self {
            Self::Times => format!("{} ×", number(figure)),
            Self::Fraction if figure > 0.0 && figure < 1.0 => format!("1/{}", number(1.0 / figure)),
            Self::Fraction => number(figure),
            Self::MebiBytes => format!("{} MiB", number(figure)),
            Self::MegaBytes => format!("{} MB", number(figure)),
            Self::Milliseconds => format!("{} ms", number(figure)),
            Self::PercentLonger => format!("{} % longer", number(figure)),
            Self::CallsPerRoom => format!("{} calls", number(figure)),
        }
    }
}

/// Three digits, or all digits of a large number, without zeros at the end.
fn number(figure: f64) -> String {
    let decimals = match figure.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 0.1 => 2,
        _ => 3,
    };
    let text = format!("{figure:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(Unit::Times.text(1.1534), "1.15 ×");
        assert_eq!(Unit::Fraction.text(0.05), "1/20");
        assert_eq!(Unit::Fraction.text(0.0423), "1/23.6");
        assert_eq!(Unit::Fraction.text(1.5), "1.5");
        assert_eq!(Unit::Milliseconds.text(0.0312), "0.031 ms");
        assert_eq!(Unit::Times.text(1234.5), "1234 ×");
        assert_eq!(Unit::MebiBytes.text(-0.0001), "0 MiB");
        assert_eq!(Goal::AtMost(0.125).text(Unit::Fraction), "≤ 1/8");
    }

    #[test]
    fn goals_include_their_limits() {
        assert!(Goal::AtMost(1.15).is_met(1.15) && !Goal::AtMost(1.15).is_met(1.151));
        assert!(Goal::AtLeast(60.0).is_met(60.0) && !Goal::AtLeast(60.0).is_met(59.9));
    }
}
