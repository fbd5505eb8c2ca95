//! The page: headline, findings, charts, what could not be read, and the table.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::chart;
use super::table::table;
use super::{SCRIPT, STYLE, policy};
use crate::output::Record;
use crate::report::document::{Document, Figure, Finding, Unread};

/// The number of things that a list shows before a person opens it.
const MOST_SHOWN: usize = 6;

pub(super) fn page<R: Record>(document: &Document<R>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (document.headline) " " (document.title) " of " (host(document)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (header(document))
                    (charts(document))
                    (findings(document))
                    (unread(&document.unread))
                    (table(document))
                }
                (footer(document))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// Returns the portal's address without the scheme.
fn host<R>(document: &Document<R>) -> &str {
    let portal = &document.about.portal;
    portal.split_once("://").map_or(portal.as_str(), |(_, host)| host).trim_end_matches('/')
}

fn header<R>(document: &Document<R>) -> Markup {
    html! {
        header {
            p.kind { (document.title) " · " (host(document)) }
            h1 { (document.headline) }
            @for sentence in &document.summary {
                p.summary { (sentence) }
            }
            ul.figures aria-label="Key figures" {
                @for figure in &document.figures {
                    (key_figure(figure))
                }
            }
        }
    }
}

fn key_figure(figure: &Figure) -> Markup {
    html! {
        li class=[figure.is_alarming.then_some("alarm")] {
            strong { (figure.value) }
            " "
            span { (figure.label) }
        }
    }
}

fn findings<R>(document: &Document<R>) -> Markup {
    html! {
        section aria-labelledby="findings" {
            h2 #findings { "Findings" }
            @if document.shown_findings().next().is_none() {
                p.nothing { "Nothing was found that asks for an action." }
            }
            div.findings {
                @for finding in document.shown_findings() {
                    (one_finding(finding))
                }
            }
        }
    }
}

fn one_finding(finding: &Finding) -> Markup {
    html! {
        article.finding {
            h3 { (finding.title) " " span.count { (finding.things.len()) } }
            p.advice { (with_code(finding.advice)) }
            (things(&finding.things))
            p.rule { code { (finding.rule) } }
        }
    }
}

/// Formats the parts between backticks as code.
fn with_code(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A list that shows its beginning, and the rest on request.
fn things(things: &[String]) -> Markup {
    let (shown, more) = things.split_at(things.len().min(MOST_SHOWN));
    html! {
        ul.things {
            @for thing in shown {
                li { (thing) }
            }
        }
        @if !more.is_empty() {
            details {
                summary { (more.len()) " more" }
                ul.things {
                    @for thing in more {
                        li { (thing) }
                    }
                }
            }
        }
    }
}

fn charts<R>(document: &Document<R>) -> Markup {
    let charts: Vec<_> = document.charts.iter().filter(|chart| !chart.is_empty()).collect();
    html! {
        @if !charts.is_empty() {
            section aria-labelledby="charts" {
                h2 #charts { "At a glance" }
                div.charts {
                    @for one in charts {
                        (chart(one))
                    }
                }
            }
        }
    }
}

fn unread(unread: &[Unread]) -> Markup {
    html! {
        @if !unread.is_empty() {
            section.unread aria-labelledby="unread" {
                h2 #unread { "Not readable" }
                p { "The account could not read everything, so this report is incomplete." }
                @for one in unread {
                    h3 { (one.sentence()) }
                    (things(&one.rooms))
                }
            }
        }
    }
}

fn footer<R>(document: &Document<R>) -> Markup {
    let about = &document.about;
    html! {
        footer {
            dl {
                div { dt { "Portal" } dd { (about.portal) } }
                div { dt { "Read by" } dd { (about.account) } }
                div { dt { "Command" } dd { code { (about.command) } } }
                div { dt { "Rooms" } dd { (about.rooms) } }
                div { dt { "Date" } dd { time datetime=(about.time.strftime("%Y-%m-%dT%H:%M:%S%:z")) { (about.date()) } } }
            }
            p { "Made with the " code { "docspace" } " command, version " (env!("CARGO_PKG_VERSION")) "." }
        }
    }
}
