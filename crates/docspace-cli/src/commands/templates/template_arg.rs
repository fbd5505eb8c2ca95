//! The id of a template as an argument.

use clap::Args;
use docspace::RoomId;

/// The id of one template.
#[derive(Debug, Args)]
pub(super) struct TemplateArg {
    /// Id of the template (see `docspace templates list`)
    #[arg(value_name = "TEMPLATE")]
    pub(super) template: RoomId,
}
