using Kiwire.Radius.Dictionaries;

namespace Kiwire.Radius.Tests.Dictionaries;

/// <summary>Loads dictionaries from texts.</summary>
internal static class DictionaryLoads
{
    public static RadiusDictionary Load(string text, DictionaryRules rules = DictionaryRules.Strict) =>
        RadiusDictionary.Load(Texts(("dictionary", text)), "dictionary", rules);

    public static string[] Errors(string text, DictionaryRules rules = DictionaryRules.Strict) => Errors(rules, ("dictionary", text));

    public static string[] Errors(DictionaryRules rules, params (string Name, string Text)[] files) =>
        RadiusDictionary.TryLoad(Texts(files), "dictionary", rules, out _, out IReadOnlyList<DictionaryError> errors)
            ? []
            : [.. errors.Select(error => error.ToString())];

    public static DictionaryTexts Texts(params (string Name, string Text)[] files) => new(files.ToDictionary(file => file.Name, file => file.Text));

    public static DictionaryAttribute Attribute(this RadiusDictionary dictionary, string name) =>
        dictionary.TryGet(name, out DictionaryAttribute? attribute) ? attribute : throw new AssertionException($"There is no {name}.");
}
