using System.Globalization;
using System.Text;
using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>
/// Writes C# for the attributes of a dictionary's file: a class with one <see cref="AttributeKey{T}"/> for each, and an enumeration for
/// each that has named values. It writes data, no logic, and refuses what it cannot express.
/// </summary>
public static class KeySource
{
    /// <summary>The name of the class for a file, such as <c>Rfc2865</c> for <c>dictionary.rfc2865</c>.</summary>
    public static string ClassName(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return KeySourceNames.Class(Path.GetFileName(file));
    }

    /// <summary>Writes the source for the attributes that one file defines.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="file">The file, as <see cref="DictionaryLocation.File"/> has it.</param>
    /// <param name="title">What the file is about: a line of text for the class's documentation.</param>
    /// <param name="nameSpace">The namespace to write.</param>
    /// <exception cref="DictionaryException">There is something that cannot be expressed: names that become the same in C#, arrays, types
    /// without a codec, attributes that are never in packets.</exception>
    public static string Write(RadiusDictionary dictionary, string file, string title, string nameSpace = "Kiwire.Radius.Attributes")
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        DictionaryAttribute[] attributes = [.. dictionary.Attributes.Where(attribute => attribute.Location.File == file)];
        var errors = new List<DictionaryError>();
        string body = WriteClass(attributes, ClassName(file), title, errors) + WriteEnums(attributes, errors);
        if (errors.Count > 0)
        {
            throw new DictionaryException(errors);
        }

        var source = new StringBuilder();
        Line(source, $"// Written by dictionaries/Generate.cs from {Path.GetFileName(file)}: change that, and run it again.");
        Line(source, "#nullable enable");
        foreach (string space in NameSpaces(body, nameSpace))
        {
            Line(source, $"using {space};");
        }

        Line(source, string.Empty);
        Line(source, $"namespace {nameSpace};");
        return source.Append(body).ToString();
    }

    private static string WriteClass(DictionaryAttribute[] attributes, string name, string title, List<DictionaryError> errors)
    {
        var fields = new Dictionary<string, DictionaryAttribute>();
        var source = new StringBuilder();
        Line(source, string.Empty);
        Line(source, $"/// <summary>{Escape(title.TrimEnd('.'))}.</summary>");
        Line(source, $"public static class {name}");
        Line(source, "{");
        foreach (DictionaryAttribute attribute in attributes)
        {
            string field = KeySourceNames.Field(attribute);
            if (field == name || !fields.TryAdd(field, attribute))
            {
                string other = fields.TryGetValue(field, out DictionaryAttribute? taken) ? taken.Name : "the class";
                errors.Add(new DictionaryError(attribute.Location, $"Attribute {attribute.Name} would be called {field} in C#, as {other} is."));
                continue;
            }

            if (!attribute.IsOnTheWire || KeySourceTypes.Find(attribute) is not { } codec)
            {
                errors.Add(new DictionaryError(attribute.Location, attribute.IsOnTheWire
                    ? $"Attribute {attribute.Name} is of a type or a flag for which there is no typed key."
                    : $"Attribute {attribute.Name} is never in a packet, so there is no key for it."));
                continue;
            }

            if (fields.Count > 1)
            {
                Line(source, string.Empty);
            }

            string concat = attribute.Flags.Concatenated ? ", Concat: true" : string.Empty;
            Line(source, $"    /// <summary>{Escape(Describe(attribute))}.</summary>");
            Line(source, $"    public static readonly AttributeKey<{codec.ValueType}> {field} =");
            Line(source, $"        new(\"{attribute.Name}\", {KeySourceTypes.Path(attribute.Path)}, {codec.Codec}{concat});");
        }

        Line(source, "}");
        return source.ToString();
    }

    private static string WriteEnums(DictionaryAttribute[] attributes, List<DictionaryError> errors)
    {
        var source = new StringBuilder();
        foreach (DictionaryAttribute attribute in attributes.Where(attribute => attribute.Values.Count > 0))
        {
            var members = new Dictionary<string, string>();
            Line(source, string.Empty);
            Line(source, $"/// <summary>Values of {attribute.Name} ({attribute.Path}).</summary>");
            Line(source, $"public enum {KeySourceNames.Identifier(attribute.Name)} : {KeySourceTypes.EnumType(attribute.Type)}");
            Line(source, "{");
            foreach (DictionaryValue value in attribute.Values)
            {
                string member = KeySourceNames.Identifier(value.Name);
                if (!members.TryAdd(member, value.Name))
                {
                    errors.Add(new DictionaryError(
                        attribute.Location, $"Value {value.Name} of {attribute.Name} would be called {member} in C#, as {members[member]} is."));
                }

                if (members.Count > 1)
                {
                    Line(source, string.Empty);
                }

                Line(source, $"    /// <summary>{Escape(value.Name)}.</summary>");
                Line(source, $"    {member} = {KeySourceTypes.Number(attribute.Type, value.Number)},");
            }

            Line(source, "}");
        }

        return source.ToString();
    }

    private static string Describe(DictionaryAttribute attribute)
    {
        string text = $"{attribute.Name} ({attribute.Path}): {DictionaryTypeNames.Spell(attribute)}";
        text += attribute.Flags.Tagged ? ", tagged" : string.Empty;
        text += attribute.Flags.Hidden != HiddenAs.None ? $", hidden as {attribute.Flags.Hidden}" : string.Empty;
        text += attribute.Flags.Concatenated ? ", in pieces" : string.Empty;
        return attribute.Remark.Length > 0 ? $"{text}; {attribute.Remark.TrimEnd('.')}" : text;
    }

    private static IEnumerable<string> NameSpaces(string body, string nameSpace)
    {
        if (body.Contains("IPAddress>", StringComparison.Ordinal) || body.Contains("<IPNetwork>", StringComparison.Ordinal))
        {
            yield return "System.Net";
        }

        if (body.Contains("<PhysicalAddress>", StringComparison.Ordinal))
        {
            yield return "System.Net.NetworkInformation";
        }

        if (nameSpace != "Kiwire.Radius.Attributes")
        {
            yield return "Kiwire.Radius.Attributes";
        }
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static void Line(StringBuilder source, string line) => source.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
