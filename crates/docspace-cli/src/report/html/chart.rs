//! Charts as SVG between HTML labels, so that texts keep their size on every screen.

use maud::{Markup, html};

use crate::report::chart::{Chart, Part};

pub(super) fn chart(chart: &Chart) -> Markup {
    html! {
        figure.chart {
            @match chart {
                Chart::Parts(title, parts) => {
                    figcaption { (title) }
                    (parts_of_whole(title, parts))
                }
                Chart::Bars(title, parts, more) => {
                    figcaption { (title) }
                    (bars(parts))
                    @if *more > 0 {
                        p.more { "and " (more) " more in the table below" }
                    }
                }
            }
        }
    }
}

/// One bar that is divided into its parts, with a legend.
fn parts_of_whole(title: &str, parts: &[Part]) -> Markup {
    let total: u64 = parts.iter().map(|part| part.value).sum();
    let label = parts.iter().map(|part| format!("{} {}", part.text, part.label)).collect::<Vec<_>>().join(", ");
    let ends = parts.iter().scan(0_u64, |end, part| {
        *end = end.saturating_add(part.value);
        Some(*end)
    });
    html! {
        svg.whole viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" aria-label={ (title) ": " (label) } {
            @for (part, end) in parts.iter().zip(ends) {
                @let left = per_mille(end - part.value, total);
                @let width = (per_mille(end, total) - left).max(4);
                rect class=(part.color.class()) x=(left) y="0" width=(width) height="40" {
                    title { (part.label) ": " (part.text) }
                }
            }
        }
        ul.legend {
            @for part in parts {
                li {
                    svg viewBox="0 0 10 10" aria-hidden="true" {
                        rect class=(part.color.class()) width="10" height="10" rx="2" {}
                    }
                    span { (part.label) }
                    strong { (part.text) }
                    span.share { (per_mille(part.value, total).saturating_add(5) / 10) " %" }
                }
            }
        }
    }
}

/// One bar for each part. The longest has the whole width.
fn bars(parts: &[Part]) -> Markup {
    let longest = parts.iter().map(|part| part.value).max().unwrap_or(1);
    html! {
        ul.bars {
            @for part in parts {
                li {
                    span.label { (part.label) }
                    svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true" {
                        rect.track width="1000" height="40" {}
                        rect class=(part.color.class()) width=(per_mille(part.value, longest).max(4)) height="40" {}
                    }
                    strong { (part.text) }
                }
            }
        }
    }
}

fn per_mille(value: u64, total: u64) -> u64 {
    let share = u128::from(value) * 1000 / u128::from(total.max(1));
    u64::try_from(share).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Color;

    #[test]
    fn parts_fill_the_bar_and_texts_are_escaped() {
        let parts = vec![Part::count("<b>", 1, Color::Bad), Part::count("other", 3, Color::Good)];
        let text = chart(&Chart::parts("Links", parts)).into_string();
        assert!(text.contains("class=\"bad\" x=\"0\" y=\"0\" width=\"250\""), "{text}");
        assert!(text.contains("class=\"good\" x=\"250\" y=\"0\" width=\"750\""), "{text}");
        assert!(text.contains("&lt;b&gt;: 1") && !text.contains("<b>"), "{text}");
    }
}
