//! The charts of a report, as numbers. Only the HTML format draws them.

use std::cmp::Reverse;

/// The number of bars that a chart shows at most.
const MOST_BARS: usize = 12;

/// A chart with a title.
pub(crate) enum Chart {
    /// The parts of a whole, as one bar with a legend.
    Parts(String, Vec<Part>),
    /// One bar for each part, largest first, and the number of parts that are left out.
    Bars(String, Vec<Part>, usize),
}

/// One bar, or one part of a bar.
pub(crate) struct Part {
    pub(crate) label: String,
    pub(crate) value: u64,
    /// The value with its unit.
    pub(crate) text: String,
    pub(crate) color: Color,
}

/// The meaning of a part, which determines its color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    Bad,
    Warning,
    Good,
    Accent,
    Quiet,
    /// One of six colors without a meaning.
    Number(u8),
}

impl Part {
    /// A part whose value is a number of things.
    pub(crate) fn count(label: impl Into<String>, count: usize, color: Color) -> Self {
        let value = u64::try_from(count).unwrap_or(u64::MAX);
        Self { label: label.into(), value, text: count.to_string(), color }
    }
}

impl Chart {
    /// A chart of the parts of a whole. Empty parts are left out.
    pub(crate) fn parts(title: impl Into<String>, mut parts: Vec<Part>) -> Self {
        parts.retain(|part| part.value > 0);
        Self::Parts(title.into(), parts)
    }

    /// A chart of the largest parts. Empty parts are left out.
    pub(crate) fn bars(title: impl Into<String>, mut parts: Vec<Part>) -> Self {
        parts.retain(|part| part.value > 0);
        parts.sort_by_key(|part| Reverse(part.value));
        let more = parts.len().saturating_sub(MOST_BARS);
        parts.truncate(MOST_BARS);
        Self::Bars(title.into(), parts, more)
    }

    /// Whether there is nothing to draw.
    pub(crate) fn is_empty(&self) -> bool {
        let (Self::Parts(_, parts) | Self::Bars(_, parts, _)) = self;
        parts.is_empty()
    }
}

impl Color {
    /// The class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Warning => "warning",
            Self::Good => "good",
            Self::Accent => "accent",
            Self::Quiet => "quiet",
            Self::Number(number) => ["one", "two", "three", "four", "five", "six"][usize::from(number % 6)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_show_the_largest_parts_and_count_the_others() {
        let parts = (0..20).map(|size| Part::count("room", size, Color::Accent)).collect();
        let Chart::Bars(_, bars, more) = Chart::bars("Rooms", parts) else { panic!("a chart of bars") };
        assert_eq!((bars.len(), bars[0].value, more), (MOST_BARS, 19, 7));
        assert!(Chart::parts("Rooms", vec![Part::count("room", 0, Color::Bad)]).is_empty());
    }
}
