//! `docspace plan`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use docspace_manifest::plan::plan;
use docspace_manifest::read;

use super::files::{FilesArgs, misplaced, plan_failure};
use super::limits::LimitArgs;
use super::record::PlannedRecord;
use super::saved::SavedPlan;
use crate::app::App;
use crate::args::OutputArgs;
use crate::command::JsonOutput;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::report::OutputFile;
use crate::spinner::Spinner;
use crate::terminal::write;

const EXAMPLES: &str = r#"Examples:
  docspace plan --file rooms.yaml
  docspace plan --file rooms/ --prune --output plan.json && docspace apply plan.json
  docspace plan --file rooms/ --exit-code --format markdown
  docspace plan --file rooms.yaml --json what,change --jq '.[] | select(.change != "note")'

A manifest describes rooms, for example:
  rooms: [{title: Audit, type: custom, tags: [audit], links: {For the client: {access: read}}}]

`docspace export` writes a manifest of existing rooms, and `docspace schema manifest` lists all
keys. What a manifest does not mention is not managed. A key of a room replaces the default of that
key completely: lists and mappings are not merged. This command changes nothing."#;

/// The arguments of `docspace plan`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(add = JsonOutput::of_records::<PlannedRecord>(Shape::Array))]
#[command(mut_arg("json", |json| json.add(fields_of::<PlannedRecord>())))]
pub(crate) struct PlanArgs {
    /// A manifest without its flag, for the hint
    #[arg(value_name = "FILE", hide = true)]
    misplaced: Option<String>,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    limits: LimitArgs,
    /// Fail with exit code 9 if the portal differs from the manifest
    #[arg(long)]
    exit_code: bool,
    /// Save the plan to this file for `docspace apply`; it contains the passwords of links, so only
    /// you can read it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format of the plan; markdown is for a comment on a pull request
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value = "text",
        conflicts_with = "json"
    )]
    format: PlanFormat,
    /// Name everything that is unchanged or not managed
    #[arg(long, short, conflicts_with_all = ["json", "format"])]
    verbose: bool,
    #[command(flatten)]
    printed: OutputArgs,
}

/// The formats of a plan.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PlanFormat {
    Text,
    Markdown,
}

impl PlanArgs {
    /// Compares, and prints the plan.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let printer = self.printed.printer(app.terminal)?;
        if let Some(path) = &self.misplaced {
            return Err(misplaced("plan", path));
        }
        self.files.check()?;
        let wanted = self.files.load()?;
        let session = app.session()?;
        let file = self.output.as_deref().map(OutputFile::create_secret).transpose()?;
        let options = self.limits.options();
        let plan = {
            let _spinner = Spinner::start(&session.portal);
            plan(&wanted, &read(&session.portal, &wanted).await?, &options)
        };
        if self.printed.is_json() {
            let records: Report<PlannedRecord> = Records::List(PlannedRecord::all(&plan)).into();
            printer.print(records).await?;
        } else if plan.problems.is_empty() || plan.differs() {
            write(&match self.format {
                PlanFormat::Text if self.verbose => plan.to_full_text(),
                PlanFormat::Text => plan.to_text(),
                PlanFormat::Markdown => plan.to_markdown(),
            })?;
        }
        if let Some(failure) = plan_failure(&plan.problems) {
            return Err(failure);
        }
        let (differs, summary) = (plan.differs(), plan.summary());
        if let Some(file) = file {
            SavedPlan::new(session.portal.url().to_string(), &options, wanted, plan).write(file)?;
        }
        if self.exit_code && differs {
            let failure = Failure::found(format!("the portal differs from the manifest: {summary}"), BTreeMap::new());
            return Err(failure.advise("apply the manifest with `docspace apply`, or change the manifest"));
        }
        Ok(())
    }
}
