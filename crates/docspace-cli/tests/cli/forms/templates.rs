//! The `docspace templates` commands.

use super::Line::{self, All, AsBob, Pipe};

pub(super) const LINES: &[Line] = &[
    All("templates list"),
    All("templates view Course"),
    All("templates create Audit 'Audit template'"),
    All("templates use Course 'Course 2027'"),
    All("templates use Course --file clients.csv"),
    All("templates edit Course --title Courses --public on"),
    All("templates members list Course"),
    All("templates members add Course ann@example.com"),
    All("templates members remove Course owner@example.com"),
    All("templates delete Course --yes"),
    Pipe("templates create Audit 'Audit template' --dry-run"),
    Pipe("templates use Course 'Course 2027' --tag course --dry-run"),
    Pipe("templates edit Course --title Courses --public on --dry-run"),
    Pipe("templates members add Course ann@example.com --dry-run"),
    Pipe("templates delete Course --dry-run"),
    Pipe("templates list --limit none"),
    Pipe("templates view Audit"),
    AsBob("templates create 5 Template"),
    Pipe("templates use Nosuch Room"),
    Pipe("templates edit Course"),
    AsBob("templates members list 10"),
    Pipe("templates members add Course unknown@example.com"),
    Pipe("templates members remove Course bob@example.com"),
    Pipe("templates delete Course"),
];
