//! `docspace covers list`.

use clap::Args;
use docspace::rooms::Cover;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report, Shape};
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace covers list
  docspace covers list --json id,svg --jq '.[] | select(.id == "flag") | .svg' > flag.svg"#;

/// The arguments of `docspace covers list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {}

/// A cover as it is printed.
pub(crate) struct CoverRecord(Cover);

impl Record for CoverRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the picture", &|cover| cover.0.id.clone()),
        Field::<Self>::detail("svg", "Picture as SVG", &|cover| cover.0.data.clone()),
    ];
}

impl PortalCommand for ListArgs {
    type Record = CoverRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<CoverRecord>, Failure> {
        let covers = session.portal.covers().await?;
        Ok(Records::Found(covers.into_iter().map(CoverRecord).collect(), "no covers found").into())
    }
}
