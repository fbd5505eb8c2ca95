//! The command line: all commands, and the global flags.

use std::convert::Infallible;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::app::App;
use crate::command::Printed;
use crate::commands::api::ApiArgs;
use crate::commands::audit::AuditCommand;
use crate::commands::auth::AuthCommand;
use crate::commands::completions::CompletionsArgs;
use crate::commands::covers::CoversCommand;
use crate::commands::doctor::DoctorArgs;
use crate::commands::explain::ExplainArgs;
use crate::commands::files::FilesCommand;
use crate::commands::folders::FoldersCommand;
use crate::commands::groups::GroupsCommand;
use crate::commands::history::HistoryArgs;
use crate::commands::keys::KeysCommand;
use crate::commands::links::LinksCommand;
use crate::commands::man::ManArgs;
use crate::commands::manifest::{ApplyArgs, ExportArgs, PlanArgs};
use crate::commands::members::MembersCommand;
use crate::commands::mock::MockArgs;
use crate::commands::operations::OperationsCommand;
use crate::commands::people::PeopleCommand;
use crate::commands::quotas::QuotasCommand;
use crate::commands::rooms::RoomsCommand;
use crate::commands::schema::SchemaArgs;
use crate::commands::tags::TagsCommand;
use crate::commands::templates::TemplatesCommand;
use crate::commands::tour::TourArgs;
use crate::commands::watch::WatchArgs;
use crate::commands::webhooks::WebhooksCommand;
use crate::failure::{Failure, usage_text, with_better_tips};
use crate::help::{self, Topic};
use crate::terminal;

/// Manage rooms, room links and room templates of an ONLYOFFICE DocSpace portal.
#[derive(Debug, Parser)]
#[command(name = "docspace", version, arg_required_else_help = true)]
#[command(after_help = help::OVERVIEW)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Allow unencrypted http://; use it only on a network that you trust
    // In every help text, this flag follows the command's own flags and precedes --help, which has
    // the display order 999.
    #[arg(
        long,
        global = true,
        env = "DOCSPACE_ALLOW_HTTP",
        hide_env = true,
        value_parser = is_enabled,
        display_order = 900
    )]
    allow_http: bool,
    /// Name of the stored login (default: the current one)
    // DOCSPACE_PORTAL is read later, because `auth login` must not store a login under its name.
    #[arg(long, value_name = "NAME", global = true, display_order = 901)]
    portal: Option<String>,
    /// Print each request on standard error, without secrets
    #[arg(
        long,
        global = true,
        env = "DOCSPACE_DEBUG",
        hide_env = true,
        value_parser = is_enabled,
        display_order = 902
    )]
    debug: bool,
}

/// Parses a variable that turns something on. Accepts the same values as the library.
fn is_enabled(value: &str) -> Result<bool, Infallible> {
    Ok(matches!(value.trim().to_ascii_lowercase().as_str(), "1" | "true"))
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what this program does, step by step, on a temporary mock portal
    Tour(TourArgs),
    /// Manage rooms
    #[command(subcommand, visible_alias = "room")]
    Rooms(RoomsCommand),
    /// Manage the members of rooms
    #[command(subcommand, visible_alias = "member")]
    Members(MembersCommand),
    /// Manage the links to rooms, folders and files
    #[command(subcommand, visible_alias = "link")]
    Links(LinksCommand),
    /// Manage folders in rooms
    #[command(subcommand, visible_alias = "folder")]
    Folders(FoldersCommand),
    /// Manage files in rooms
    #[command(subcommand, visible_alias = "file")]
    Files(FilesCommand),
    /// Manage room templates, and create rooms from them
    #[command(subcommand, visible_alias = "template")]
    Templates(TemplatesCommand),
    /// Manage the tags of the portal
    #[command(subcommand, visible_alias = "tag")]
    Tags(TagsCommand),
    /// Manage your room groups
    #[command(subcommand, visible_alias = "group")]
    Groups(GroupsCommand),
    /// Manage the people of the portal, and people groups
    #[command(subcommand, visible_alias = "person")]
    People(PeopleCommand),
    /// Manage API keys
    #[command(subcommand, visible_alias = "key")]
    Keys(KeysCommand),
    /// Show and set the storage limits of rooms
    #[command(subcommand, visible_alias = "quota")]
    Quotas(QuotasCommand),
    /// Manage webhooks, see what they delivered, and test a receiver
    #[command(subcommand, visible_alias = "webhook")]
    Webhooks(WebhooksCommand),
    /// List what happened in a room, newest first
    History(Printed<HistoryArgs>),
    /// Print changes of links, members and tags of rooms as they happen
    Watch(WatchArgs),
    /// Report who can open what and how full rooms are, and list who did what
    #[command(subcommand)]
    Audit(AuditCommand),
    /// List the built-in pictures for rooms and room groups
    #[command(subcommand, visible_alias = "cover")]
    Covers(CoversCommand),
    /// Show, wait for and cancel operations of the portal
    #[command(subcommand, visible_alias = "operation")]
    Operations(OperationsCommand),
    /// Show what `apply` would change to make rooms match a manifest (a file that describes them)
    Plan(PlanArgs),
    /// Change rooms to match a manifest
    Apply(Printed<ApplyArgs>),
    /// Write a manifest of existing rooms
    Export(ExportArgs),
    /// Send a call to any path of the API, and print the answer
    Api(ApiArgs),
    /// Log in to portals, choose one, log out, or show the current login
    #[command(subcommand)]
    Auth(AuthCommand),
    /// Check the address, the connection and the credential, and say what is wrong
    Doctor(DoctorArgs),
    /// Run a mock portal for trials and tests, until you press Ctrl-C
    Mock(MockArgs),
    /// Explain how portals behave: print a page or a section of the book about them
    Explain(ExplainArgs),
    /// Print the JSON Schema of what a command prints with --json
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    #[command(alias = "completion")]
    Completions(CompletionsArgs),
    /// Write manual pages to a directory
    Man(ManArgs),
    #[command(flatten)]
    Topic(Topic),
}

impl Cli {
    /// Whether credentials may be sent over plain HTTP.
    pub(crate) fn allow_http(&self) -> bool {
        self.allow_http
    }

    /// The name of the portal to use.
    pub(crate) fn portal(&self) -> Option<String> {
        self.portal.clone()
    }

    /// Whether to print each request.
    pub(crate) fn debug(&self) -> bool {
        self.debug
    }

    /// Runs the selected command.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self.command {
            Command::Tour(arguments) => arguments.execute(app).await,
            Command::Rooms(command) => command.execute(app).await,
            Command::Members(command) => command.execute(app).await,
            Command::Links(command) => command.execute(app).await,
            Command::Folders(command) => command.execute(app).await,
            Command::Files(command) => command.execute(app).await,
            Command::Templates(command) => command.execute(app).await,
            Command::Tags(command) => command.execute(app).await,
            Command::Groups(command) => command.execute(app).await,
            Command::People(command) => command.execute(app).await,
            Command::Keys(command) => command.execute(app).await,
            Command::Quotas(command) => command.execute(app).await,
            Command::Webhooks(command) => command.execute(app).await,
            Command::History(command) => command.execute(app).await,
            Command::Watch(arguments) => arguments.execute(app).await,
            Command::Audit(command) => command.execute(app).await,
            Command::Covers(command) => command.execute(app).await,
            Command::Operations(command) => command.execute(app).await,
            Command::Plan(arguments) => arguments.execute(app).await,
            Command::Apply(command) => command.execute(app).await,
            Command::Export(arguments) => arguments.execute(app).await,
            Command::Api(arguments) => arguments.execute(app).await,
            Command::Auth(command) => command.execute(app).await,
            Command::Doctor(arguments) => arguments.execute(app).await,
            Command::Mock(arguments) => arguments.execute().await,
            Command::Explain(arguments) => arguments.execute(app).await,
            Command::Schema(arguments) => arguments.execute(app, &Self::command()),
            Command::Completions(arguments) => arguments.execute(),
            Command::Man(arguments) => arguments.execute(Self::command()),
            Command::Topic(topic) => terminal::write(topic.text()),
        }
    }
}

/// Returns the definition of all commands.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Parses the arguments of the program. If they ask for help or the version, or contain a mistake,
/// prints the text and returns the exit code.
pub(crate) fn parse(json: bool) -> Result<Cli, ExitCode> {
    let arguments: Vec<_> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    Cli::try_parse().map_err(|error| {
        // Without arguments the person asks for help, which is not a mistake.
        if arguments.len() <= 1 && error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            let _ = terminal::write(&error.render().to_string());
            return ExitCode::SUCCESS;
        }
        let error = with_better_tips(error, &arguments);
        // Clap returns help and the version as errors, but the program succeeds.
        if !error.use_stderr() {
            error.exit()
        }
        if json {
            return Failure::usage_of(&error).exit(json);
        }
        if !arguments_control_terminal() {
            error.exit()
        }
        let _ = io::Write::write_all(&mut io::stderr().lock(), usage_text(&error).as_bytes());
        ExitCode::from(2)
    })
}

/// Whether an argument contains characters that control a terminal. Clap's own way to print an
/// error would print those characters too.
fn arguments_control_terminal() -> bool {
    std::env::args_os().any(|argument| argument.to_string_lossy().contains(docspace::api::is_unprintable))
}

/// Whether the arguments ask for JSON output. Mistakes in the arguments are then reported as JSON
/// too. A `--json` without fields asks for the list of fields, so its answer is text for a person.
pub(crate) fn wants_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<_> = arguments
        .take_while(|argument| argument != "--")
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let flag = |argument: &String| argument.strip_prefix("--json=").is_some_and(|fields| !fields.is_empty());
    arguments.iter().any(flag) || arguments.windows(2).any(|two| two[0] == "--json" && !two[1].starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_line_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn command_lines_are_parsed_without_a_portal() {
        let parsed = |line: &str| Cli::try_parse_from(line.split(' ')).map(|cli| cli.command);
        assert!(matches!(parsed("docspace rooms ls --all"), Ok(Command::Rooms(RoomsCommand::List(_)))));
        assert!(matches!(parsed("docspace room view 5 --json id"), Ok(Command::Rooms(RoomsCommand::View(_)))));
        assert!(matches!(parsed("docspace link primary 5"), Ok(Command::Links(LinksCommand::Primary(_)))));
        assert!(matches!(parsed("docspace templates use 5 A"), Ok(Command::Templates(TemplatesCommand::Use(_)))));
        assert!(matches!(parsed("docspace member rm 5 a@b.c"), Ok(Command::Members(MembersCommand::Remove(_)))));
        assert!(matches!(parsed("docspace tag new audit"), Ok(Command::Tags(TagsCommand::Create(_)))));
        assert!(matches!(parsed("docspace group rename A --name B"), Ok(Command::Groups(GroupsCommand::Edit(_)))));
        assert!(matches!(parsed("docspace key show nightly"), Ok(Command::Keys(KeysCommand::View(_)))));
        assert!(matches!(parsed("docspace auth logout"), Ok(Command::Auth(AuthCommand::Logout(_)))));
        assert!(parsed("docspace rooms edit").is_err());
    }

    #[test]
    fn examples_in_the_help_are_valid_command_lines() {
        let mut commands = vec![Cli::command()];
        let mut count = 0;
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands().cloned());
            let count_before = count;
            // A help topic has only a text.
            let help = command.get_after_help().or(command.get_long_about());
            let help = help.map(ToString::to_string).unwrap_or_default();
            for line in help.lines().filter(|line| line.starts_with("  docspace ")) {
                let words = shell_words::split(line).expect("a command line");
                let words =
                    words.into_iter().take_while(|word| !matches!(word.as_str(), "|" | "<" | ">" | "2>" | "||" | "&&"));
                if let Err(error) = Cli::try_parse_from(words) {
                    panic!("{line}: {error}");
                }
                count += 1;
            }
            let is_leaf = !command.has_subcommands() && !command.is_hide_set();
            assert!(!is_leaf || count >= count_before + 2, "{} has fewer than two examples", command.get_name());
        }
        assert!(count > 100, "only {count} examples");
    }

    /// The first words of commands that change nothing on a portal.
    const READING_NOUNS: [&str; 17] = [
        "audit",
        "auth",
        "completions",
        "dates",
        "doctor",
        "environment",
        "exit-codes",
        "explain",
        "export",
        "formatting",
        "history",
        "man",
        "mock",
        "plan",
        "schema",
        "tour",
        "watch",
    ];

    /// The last words of commands that change nothing on a portal.
    const READING_VERBS: [&str; 12] =
        ["content", "list", "listen", "log", "news", "open", "resume", "scopes", "send", "triggers", "view", "wait"];

    #[test]
    fn commands_that_change_something_have_a_dry_run() {
        let mut commands: Vec<_> =
            Cli::command().get_subcommands().map(|command| (command.get_name().to_owned(), command.clone())).collect();
        while let Some((path, command)) = commands.pop() {
            if command.has_subcommands() {
                let named = |command: &clap::Command| (format!("{path} {}", command.get_name()), command.clone());
                commands.extend(command.get_subcommands().map(named));
                continue;
            }
            let has_flag = command.get_arguments().any(|flag| flag.get_long() == Some("dry-run"));
            let noun = path.split(' ').next().unwrap_or_default();
            let only_reads = READING_NOUNS.contains(&noun) || READING_VERBS.contains(&command.get_name());
            assert!(has_flag || only_reads, "{path} has no --dry-run");
        }
    }

    /// Commands whose output is not in the golden texts of `tests/cli/forms`, and why.
    const WITHOUT_FORMS: [(&str, &str); 11] = [
        ("completions", "a script for a shell, which tests run in that shell"),
        ("dates", "a help text, which is a part of the source"),
        ("environment", "a help text, which is a part of the source"),
        ("exit-codes", "a help text, which is a part of the source"),
        ("formatting", "a help text, which is a part of the source"),
        ("man", "files, which have the same text as the help"),
        ("mock", "runs until someone stops it"),
        ("tour", "a test of its own plays it"),
        ("watch", "prints only what happens between two runs; tests of its own change something"),
        ("webhooks listen", "waits for deliveries; tests of its own send some"),
        ("webhooks send", "needs a receiver; tests of its own have one"),
    ];

    #[test]
    fn output_of_all_commands_is_golden() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/forms");
        let files = folder.read_dir().expect("a folder").map(|file| file.expect("a file").path());
        let golden: String = files
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .map(|path| std::fs::read_to_string(path).expect("a text"))
            .collect();
        let mut commands: Vec<_> =
            Cli::command().get_subcommands().map(|command| (command.get_name().to_owned(), command.clone())).collect();
        let (mut found, mut missing) = (0, Vec::new());
        while let Some((path, command)) = commands.pop() {
            if command.has_subcommands() {
                let named = |command: &clap::Command| (format!("{path} {}", command.get_name()), command.clone());
                commands.extend(command.get_subcommands().map(named));
                continue;
            }
            let is_of_command =
                |block: &&str| block.strip_prefix(&*path).is_some_and(|rest| rest.starts_with([' ', '\n']));
            let blocks: Vec<&str> = golden.split("==== docspace ").filter(is_of_command).collect();
            let has_all = blocks.iter().any(|block| block.contains("\n---- terminal\n"));
            let has_failure = blocks.iter().any(|block| block.contains("\nexit code "));
            let is_excused = WITHOUT_FORMS.iter().any(|(name, _)| *name == path);
            match is_excused || has_all && has_failure {
                true => found += 1,
                false => missing.push(path),
            }
        }
        assert!(missing.is_empty(), "add lines to tests/cli/forms, with a failure of each command: {missing:?}");
        assert!(found > 90, "only {found} commands");
    }

    #[test]
    fn commands_with_known_scopes_exist() {
        for command in crate::scopes::commands() {
            let found =
                command.split(' ').try_fold(Cli::command(), |parent, name| parent.find_subcommand(name).cloned());
            assert!(found.is_some(), "{command}");
        }
    }

    #[test]
    fn json_is_wanted_with_fields_only() {
        let wanted = |line: &str| wants_json(line.split(' ').map(OsString::from));
        assert!(wanted("rooms list --json id") && wanted("rooms list --json=id --jq ."));
        assert!(!wanted("rooms list --json=") && !wanted("rooms list --json") && !wanted("rooms list --json --jq ."));
        assert!(!wanted("rooms create -- --json=id"));
    }
}
