//! `docspace schema`: the JSON Schemas of what commands print with `--json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::{Args, Command};
use serde_json::{Map, Value};

use crate::app::App;
use crate::command::JsonOutput;
use crate::failure::{self, Failure};
use crate::output::{pretty_json, schema_generator};
use crate::terminal;

/// The name under which the command prints the schema of failures.
const ERROR: &str = "error";
/// The name under which the command prints the schema of manifests.
const MANIFEST: &str = "manifest";

const EXAMPLES: &str = r"Examples:
  docspace schema
  docspace schema rooms list
  docspace schema error
  docspace schema manifest > docspace-manifest.schema.json
  docspace schema --dir schemas";

/// The arguments of `docspace schema`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SchemaArgs {
    /// Command that prints the JSON, such as `rooms list`, `error` for failures with --json, or
    /// `manifest` for the files of `docspace plan` (default: list the commands that have a schema)
    #[arg(value_name = "COMMAND", num_args = 1.., conflicts_with = "dir")]
    command: Vec<String>,
    /// Write all schemas to files in this folder, such as rooms-list.json
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl SchemaArgs {
    /// Prints the schema of the command, or the names of all commands that have one.
    pub(crate) fn execute(self, app: &App, cli: &Command) -> Result<(), Failure> {
        let schemas = schemas(cli);
        if let Some(folder) = &self.dir {
            return write_all(&schemas, folder);
        }
        if self.command.is_empty() {
            return terminal::write(&schemas.keys().map(|name| format!("{name}\n")).collect::<String>());
        }
        let name = full_name(cli, &self.command);
        let schema = schemas.get(&name).ok_or_else(|| {
            let below = format!("{name} ");
            let below: Vec<_> = schemas.keys().map(String::as_str).filter(|name| name.starts_with(&below)).collect();
            match below.is_empty() {
                true => Failure::usage(format!("`{name}` is not a command with --json"))
                    .advise("list the commands that have a schema with `docspace schema`"),
                false => Failure::usage(format!("`{name}` is several commands. Name one of them:")).listing(below),
            }
        })?;
        terminal::write(&format!("{}\n", pretty_json(schema, app.terminal.colors)?))
    }
}

/// Returns the schemas of all commands by their names, and that of failures.
fn schemas(cli: &Command) -> BTreeMap<String, Map<String, Value>> {
    let mut schemas = BTreeMap::new();
    add(&mut schemas, cli, "");
    schemas.insert(ERROR.to_owned(), failure::json_schema(schema_generator()));
    let manifest = docspace_manifest::schema::manifest_schema();
    schemas.insert(MANIFEST.to_owned(), manifest.as_object().cloned().unwrap_or_default());
    schemas
}

/// Adds the schemas of the commands below this one.
fn add(schemas: &mut BTreeMap<String, Map<String, Value>>, parent: &Command, prefix: &str) {
    for command in parent.get_subcommands() {
        let name = format!("{prefix}{}", command.get_name());
        if let Some(output) = command.get::<JsonOutput>() {
            let mut schema = output.schema();
            schema.insert("title".to_owned(), format!("docspace {name}").into());
            schemas.insert(name.clone(), schema);
        }
        add(schemas, command, &format!("{name} "));
    }
}

/// Returns the name of a command without aliases, such as `rooms list` for `room ls`.
fn full_name(cli: &Command, words: &[String]) -> String {
    let words: Vec<_> = words.iter().flat_map(|words| words.split_whitespace()).collect();
    let mut parent = Some(cli);
    let names = words.into_iter().map(|word| {
        parent = parent.and_then(|parent| parent.find_subcommand(word));
        parent.map_or(word, Command::get_name)
    });
    names.collect::<Vec<_>>().join(" ")
}

/// Writes each schema to a file in the folder.
fn write_all(schemas: &BTreeMap<String, Map<String, Value>>, folder: &Path) -> Result<(), Failure> {
    let failed = |path: &Path, error: io::Error| {
        Failure::local(format!("cannot write {}: {error}", path.display()))
            .advise("pass a folder that you can write to with --dir")
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for (name, schema) in schemas {
        let path = folder.join(format!("{}.json", name.replace(' ', "-")));
        fs::write(&path, format!("{}\n", pretty_json(schema, false)?)).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
