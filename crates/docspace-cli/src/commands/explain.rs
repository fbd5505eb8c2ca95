//! `docspace explain`: the book about portals, on the terminal.

use clap::Args;

use crate::app::App;
use crate::book::{self, Topic};
use crate::failure::Failure;
use crate::output::{Field, Printer, Record, Records, Report};
use crate::terminal;

const EXAMPLES: &str = r"Examples:
  docspace explain
  docspace explain links
  docspace explain links/expiry
  docspace explain archived room";

/// The arguments of `docspace explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// Page such as `links`, section such as `links/passwords`, or words to search for (default:
    /// list the pages on a terminal, otherwise all topics)
    #[arg(value_name = "TOPIC")]
    topic: Vec<String>,
}

impl Record for Topic {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("topic", "Name of the page or section", &|topic| topic.name.clone())
            .never_cut()
            .priority(100),
        Field::<Self>::column("title", "Title, or the first sentence of a page", &|topic| topic.title.clone()),
    ];
}

impl ExplainArgs {
    /// Prints the topic or, if there are several, their list.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let query = self.topic.join(" ");
        let found = if query.is_empty() { book::topics() } else { book::find(&query) };
        match found.as_slice() {
            [] => Err(Failure::not_found(format!("the book has no topic `{query}`, and no text with these words"))
                .advise("list the topics with `docspace explain`")),
            [topic] if app.terminal.stdout => terminal::write(&book::for_terminal(topic, app.terminal)),
            [topic] => terminal::write(&format!("{}\n", topic.text)),
            _ => {
                // On a terminal, the sections of all pages would be several screens.
                let is_overview = query.is_empty() && app.terminal.stdout;
                let (found, note) = match is_overview {
                    true => (
                        found.into_iter().filter(|topic| !topic.name.contains('/')).collect(),
                        "show a page with its name, or search with words; `docspace explain | less` lists the sections",
                    ),
                    false => (found, "show one of these topics with its name"),
                };
                let report = Report::from(Records::List(found)).note(note);
                Printer::text(app.terminal).print(report).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::topic_names;

    #[test]
    fn topics_of_failures_exist() {
        for name in topic_names() {
            let found = book::find(name);
            assert!(found.len() == 1 && found[0].name == name, "there is no topic {name}");
        }
    }
}
