//! `stepbook new`: the file of a new provider or procedure, with all that is required still to be written.

mod procedure;
mod provider;
mod scaffold;

use std::path::Path;

use super::{Answer, CliError, Run, init};
use crate::diagnostic::did_you_mean;
use crate::discover;
use crate::model::Reserved;
use crate::parse::{self, Documents};
use crate::yaml::Id;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Writes `content/providers/ID/provider.yaml`
    Provider {
        /// Its id, which is its address: Latin letters, digits and hyphens
        #[arg(value_parser = provider_id)]
        id: Id,
    },
    /// Writes a provider's procedure, with every step, material, notice, question and fact of a standard
    Procedure {
        /// The provider's id
        provider: String,
        /// The standard's name
        standard: String,
    },
}

fn provider_id(text: &str) -> Result<Id, String> {
    let id: Id = text
        .parse()
        .map_err(|error: crate::yaml::IdError| error.to_string())?;
    if Reserved::Provider.takes(id.as_str()) {
        return Err("the site uses this address for itself: choose another name".to_owned());
    }
    Ok(id)
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let parse::Parsed { documents, .. } = parse::parse(&discover::discover(&run.root));
    let (path, text, next) = match &args.what {
        What::Provider { id } => {
            let standards: Vec<&str> = documents.standards.keys().map(Id::as_str).collect();
            let next = match standards.first() {
                Some(standard) => format!("; then `stepbook new procedure {id} {standard}`"),
                None => String::new(),
            };
            let path = format!("content/providers/{id}/provider.yaml");
            (path, provider::text(id, &documents), next)
        }
        What::Procedure { provider, standard } => {
            let Some((path, text)) = procedure(provider, standard, &documents) else {
                return Ok(Answer::No);
            };
            (path, text, String::new())
        }
    };
    write(&run.root, &path, &text)?;
    super::print(&format!("{path}\n"))?;
    super::message(&format!(
        "next: write what the file asks for, and run `stepbook check`, which names what is still to be written{next}\n"
    ));
    Ok(Answer::Fine)
}

/// The file of a provider's procedure; `None` where something is not there, which is said.
fn procedure(provider: &str, standard: &str, documents: &Documents) -> Option<(String, String)> {
    let no = |what: &str, name: &str, names: Vec<&str>, otherwise: &str| {
        let help = did_you_mean(name, names, otherwise);
        super::message(&format!("there is no {what} `{name}`: {help}\n"));
    };
    if !documents.providers.contains_key(provider) {
        let names = documents.providers.keys().map(Id::as_str).collect();
        let otherwise = format!("`stepbook new provider {provider}` makes one");
        no("provider", provider, names, &otherwise);
        return None;
    }
    let Some((id, document)) = documents.standards.get_key_value(standard) else {
        let names = documents.standards.keys().map(Id::as_str).collect();
        let otherwise = format!("write what it requires in `content/standards/{standard}.yaml`");
        no("standard", standard, names, &otherwise);
        return None;
    };
    let unread = |what: &str| {
        let message = format!("{what} `{standard}` cannot be read: `stepbook check` says why\n");
        super::message(&message);
    };
    let Some(document) = document else {
        unread("the standard");
        return None;
    };
    if matches!(documents.procedures.get(standard), Some((_, None))) {
        unread("the shared procedure");
        return None;
    }
    let (name, text) = match procedure::shared(id, documents) {
        Some(shared) => (
            shared.as_str(),
            procedure::extending(shared, document, documents),
        ),
        None => (
            standard,
            procedure::whole(provider, id, document, documents),
        ),
    };
    Some((format!("content/providers/{provider}/{name}.yaml"), text))
}

fn write(root: &Path, path: &str, text: &str) -> Result<(), CliError> {
    let file = root.join(path);
    if file.symlink_metadata().is_ok() {
        return Err(CliError::Exists {
            path: path.to_owned(),
        });
    }
    init::write(&file, text).map_err(|source| CliError::Write { path: file, source })
}
