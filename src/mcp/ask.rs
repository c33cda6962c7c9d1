//! Ids and answers that a model gave -> what they mean in the book, or words that say what was meant.

use std::collections::BTreeMap;

use super::Server;
use crate::diagnostic::did_you_mean;
use crate::model::{Answers, Procedure, Provider, Stop};
use crate::yaml::Id;

/// An answer that ends a guide.
pub(super) struct Stopped<'b> {
    pub(super) choice: &'b str,
    pub(super) option: &'b str,
    pub(super) stop: &'b Stop,
}

/// What answers come to in a procedure.
pub(super) struct Given<'b> {
    pub(super) answers: Answers,
    /// As the query of a link, in the order in which the guide asks; empty where it asks nothing of it.
    pub(super) query: String,
    pub(super) stops: Vec<Stopped<'b>>,
}

impl Server {
    /// The provider with this id.
    pub(super) fn provider(&self, id: &str) -> Result<&'static Provider, String> {
        let id = short("provider", id)?;
        if let Some(provider) = self.book.provider(id) {
            return Ok(provider);
        }
        let providers = self.book.providers.iter();
        let named = providers.clone().find(|provider| is_called(provider, id));
        let help = if let Some(provider) = named {
            format!("did you mean `{}`?", provider.id)
        } else {
            let ids = providers.map(|provider| provider.id.as_str());
            did_you_mean(id, ids, "find_step and list_providers give the ids")
        };
        Err(format!("there is no provider `{id}`: {help}"))
    }

    /// The procedure of a provider with this id.
    pub(super) fn procedure(
        &self,
        provider: &str,
        procedure: &str,
    ) -> Result<(&'static Provider, &'static Procedure), String> {
        let provider = self.provider(provider)?;
        let id = short("procedure", procedure)?;
        let built = || provider.procedures.iter().filter(|own| own.is_built(false));
        if let Some(procedure) = built().find(|own| own.id.as_str() == id) {
            return Ok((provider, procedure));
        }
        let ids = built().map(|own| own.id.as_str());
        let help = did_you_mean(id, ids, "the provider has no such procedure");
        Err(format!(
            "there is no procedure `{id}` of `{}`: {help}",
            provider.id
        ))
    }

    /// What answers by the ids of choices and options come to in a procedure. An answer that is of no account in this
    /// procedure changes nothing.
    pub(super) fn given(
        &self,
        procedure: &Procedure,
        answers: &BTreeMap<String, String>,
    ) -> Result<Given<'static>, String> {
        let (book, body) = (self.book, procedure.body.as_ref());
        let mut given = Answers::ALL;
        for (choice, option) in answers {
            let (choice, option) = (short("choice", choice)?, short("option", option)?);
            let Some((number, found)) = book.choices.find(choice) else {
                let ids = body
                    .asked
                    .iter()
                    .map(|it| book.choices.get(*it).id.as_str());
                let help = did_you_mean(choice, ids, "`choices` lists what is asked");
                return Err(format!("nothing is asked by the name `{choice}`: {help}"));
            };
            let domain = body.domain.options(number).unwrap_or(u64::MAX);
            let bit = found.position(option).map(|at| 1 << at);
            let Some(bit) = bit.filter(|bit| domain & bit != 0) else {
                let ids = found.picked(domain).map(|option| option.id.as_str());
                let help = did_you_mean(option, ids, "`choices` lists the options");
                return Err(format!("`{choice}` has no answer `{option}` here: {help}"));
            };
            given.set(number, bit);
        }
        let asked = body.asked.iter().filter_map(|number| {
            let choice = book.choices.get(*number);
            let option = choice.picked(given.options(*number)?).next()?;
            Some((choice.id.as_str(), option))
        });
        let asked: Vec<_> = asked.collect();
        let keys: Vec<String> = asked
            .iter()
            .map(|(choice, option)| format!("{choice}={}", option.id.value))
            .collect();
        let stops = asked.iter().filter_map(|(choice, option)| {
            Some(Stopped {
                choice,
                option: option.id.as_str(),
                stop: option.stop.as_ref()?,
            })
        });
        Ok(Given {
            stops: stops.collect(),
            query: keys.join("&"),
            answers: given,
        })
    }
}

/// A word that can be an id or a name by its length: longer ones are not looked for, nor said again.
fn short<'w>(what: &str, word: &'w str) -> Result<&'w str, String> {
    if word.chars().count() > Id::MAX {
        return Err(format!(
            "the id of a {what} has at most {} characters",
            Id::MAX
        ));
    }
    Ok(word)
}

/// Whether a provider is known by a name.
fn is_called(provider: &Provider, name: &str) -> bool {
    provider.document.as_ref().is_some_and(|document| {
        let mut names = document.aliases.iter().chain([&document.name]);
        names.any(|own| own.value.eq_ignore_ascii_case(name))
    })
}
