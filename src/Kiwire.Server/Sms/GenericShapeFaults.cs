using System.Text.RegularExpressions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>What is wrong with the description of a generic request.</summary>
internal static partial class GenericShapeFaults
{
    private const int Most = 50;
    private const int LongestName = 100;
    private const int LongestValue = 2000;

    /// <summary>The server's own to set.</summary>
    private static readonly string[] Reserved =
        ["host", "connection", "content-length", "content-type", "content-encoding", "transfer-encoding", "expect", "upgrade", "trailer", "te", "proxy-authorization"];

    /// <param name="shape">The description.</param>
    /// <param name="variables">Names that may stand in braces besides phone and message.</param>
    /// <param name="allowHttp">Whether the address may begin with http://.</param>
    public static IReadOnlyList<FieldFault> Find(GenericShape shape, IReadOnlyCollection<string> variables, bool allowHttp)
    {
        List<FieldFault> faults = [];
        FindUriFaults(shape, variables, allowHttp, faults);
        FindPlaceFaults(shape, faults);
        FindListFaults("headers", shape.Headers, variables, faults);
        FindListFaults("parameters", [.. shape.Parameters, .. shape.UnicodeParameters], variables, faults);
        FindHeaderFaults(shape, faults);
        FindNameFaults("secureParameters", shape.SecureParameters, faults);
        FindNameFaults("secureHeaders", shape.SecureHeaders, faults);
        if (shape is { IsPost: false, Encoding: BodyEncoding.Json })
        {
            faults.Add(new("encoding", "is json, and method is GET, which has no body; with GET it must be form."));
        }

        if (shape.Encoding == BodyEncoding.Json)
        {
            FindRepeatedNames(shape, faults);
        }

        FindSuccessFaults(shape.Success, faults);
        return faults;
    }

    private static void FindUriFaults(GenericShape shape, IReadOnlyCollection<string> variables, bool allowHttp, List<FieldFault> faults)
    {
        const string right = "it must be such as https://sms.example.net/send?account=myaccount.";
        if (shape.Uri.Length is 0 or > LongestValue)
        {
            faults.Add(new("uri", $"has {shape.Uri.Length} characters; {right}"));
            return;
        }

        FindVariableFaults("uri", shape.Uri, variables, faults);
        bool isHttp = shape.Uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (isHttp && !allowHttp)
        {
            faults.Add(new("uri", "begins with http://; it must begin with https://, so that nobody on the way reads messages and passwords."));
            return;
        }

        if (!isHttp && !shape.Uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(new("uri", $"has no scheme that is known; {right}"));
            return;
        }

        string authority = shape.Uri.Split('/', 4)[2].Split('?', '#')[0];
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            faults.Add(new("uri", "has a user name in it; basicUser and basicPassword are for that."));
        }
        else if (ValueText.Has(authority, ValueText.Phone) || ValueText.Has(authority, ValueText.Message))
        {
            faults.Add(new("uri", "has {phone} or {message} in its host; they may stand in the path and the query."));
        }
        else if (!Uri.TryCreate(ValueText.FillAll(shape.Uri, "x"), UriKind.Absolute, out _))
        {
            faults.Add(new("uri", $"is no address; {right}"));
        }
    }

    private static void FindPlaceFaults(GenericShape shape, List<FieldFault> faults)
    {
        IEnumerable<string> places = [shape.Uri, .. shape.Parameters.Select(parameter => parameter.Value)];
        if (shape.PhoneVariable.Length == 0 && !places.Concat(shape.Headers.Select(header => header.Value)).Any(place => ValueText.Has(place, ValueText.Phone)))
        {
            faults.Add(new("phoneVariable", "is not given, and {phone} stands nowhere; the number must go out in one of them."));
        }

        if (shape.MessageVariable.Length == 0 && !places.Any(place => ValueText.Has(place, ValueText.Message)))
        {
            faults.Add(new("messageVariable", "is not given, and {message} stands nowhere; the message must go out in one of them."));
        }

        FindNameFaults("phoneVariable", shape.PhoneVariable.Length > 0 ? [shape.PhoneVariable] : [], faults);
        FindNameFaults("messageVariable", shape.MessageVariable.Length > 0 ? [shape.MessageVariable] : [], faults);
    }

    private static void FindListFaults(string field, IReadOnlyList<NamedValue> list, IReadOnlyCollection<string> variables, List<FieldFault> faults)
    {
        FindNameFaults(field, [.. list.Select(item => item.Name)], faults);
        foreach (NamedValue item in list)
        {
            if (item.Value is not { Length: <= LongestValue })
            {
                faults.Add(new(field, $"has '{item.Name}' with {(item.Value is null ? "no value" : $"a value of {item.Value.Length} characters")}; there may be {LongestValue}."));
            }
            else
            {
                FindVariableFaults(field, item.Value, variables, faults);
            }
        }
    }

    private static void FindNameFaults(string field, IReadOnlyList<string> names, List<FieldFault> faults)
    {
        if (names.Count > Most)
        {
            faults.Add(new(field, $"has {names.Count} entries; there may be {Most}."));
        }

        foreach (string? name in names)
        {
            if (name is not { Length: >= 1 and <= LongestName } || name.Any(char.IsControl))
            {
                faults.Add(new(field, $"has the name '{name}'; it must have 1 to {LongestName} characters, no control characters among them."));
            }
        }
    }

    private static void FindHeaderFaults(GenericShape shape, List<FieldFault> faults)
    {
        foreach ((string field, string name, string value) in (IEnumerable<(string, string, string)>)
            [.. shape.Headers.Select(header => ("headers", header.Name ?? "", header.Value ?? "")), .. shape.SecureHeaders.Select(name => ("secureHeaders", name ?? "", ""))])
        {
            if (name.Length > 0 && (!HeaderName().IsMatch(name) || Reserved.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                faults.Add(new(field, $"has '{name}', which {(HeaderName().IsMatch(name) ? "the server sets itself" : "is no header's name")}; it must be such as X-Api-Version."));
            }

            if (value.Any(char.IsControl) || ValueText.Has(value, ValueText.Message))
            {
                faults.Add(new(field, $"has '{name}' with {{message}} or a control character in its value; a header holds neither."));
            }
        }
    }

    private static void FindSuccessFaults(SuccessRule rule, List<FieldFault> faults)
    {
        foreach (string path in (string[])[rule.Path, rule.IdPath, rule.RetryPath])
        {
            if (path.Length > 0 && !JsonPath.IsValid(path))
            {
                faults.Add(new("success", $"has the path '{path}'; it must be such as messages[0].status."));
            }
        }

        if (rule.Value.Length > 0 && rule.Path.Length == 0)
        {
            faults.Add(new("success", "has a value and no path; the path says where in the answer the value is."));
        }

        if (rule.RetryPath.Length > 0 && rule.Retry.Count == 0)
        {
            faults.Add(new("success", "has a retryPath and no retry; retry says what stands there when another try is of use."));
        }

        if (rule.Retry.Count > Most || rule.Retry.Any(text => text is not { Length: >= 1 and <= LongestName }))
        {
            faults.Add(new("success", $"has retry with {rule.Retry.Count} entries, or one without text; there may be {Most}, each of 1 to {LongestName} characters."));
        }
    }

    private static void FindVariableFaults(string field, string text, IReadOnlyCollection<string> variables, List<FieldFault> faults)
    {
        foreach (string name in ValueText.FindNames(text))
        {
            if (name is not (ValueText.Phone or ValueText.Message) && !variables.Contains(name))
            {
                string known = string.Join(", ", ((IEnumerable<string>)["phone", "message", .. variables]).Select(variable => $"{{{variable}}}"));
                faults.Add(new(field, $"has '{{{name}}}', which stands for nothing here; known are {known}."));
            }
        }
    }

    private static void FindRepeatedNames(GenericShape shape, List<FieldFault> faults)
    {
        IEnumerable<string> names = [shape.PhoneVariable, shape.MessageVariable, .. shape.Parameters.Select(parameter => parameter.Name), .. shape.SecureParameters];
        foreach (IGrouping<string, string> repeated in names.Where(name => name is { Length: > 0 } && !name.EndsWith("[]", StringComparison.Ordinal)).GroupBy(name => name).Where(group => group.Count() > 1))
        {
            faults.Add(new("parameters", $"has '{repeated.Key}' twice; in JSON a name is there once, and a list is written '{repeated.Key}[]'."));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderName();
}
