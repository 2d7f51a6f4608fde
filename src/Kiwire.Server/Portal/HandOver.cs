using System.Diagnostics.CodeAnalysis;
using Kiwire.Server.Network;

namespace Kiwire.Server.Portal;

/// <summary>What a guest's browser sends to the NAS so that it logs the guest in. Not a record's ToString: it has a password in it.</summary>
internal sealed class HandOver
{
    private HandOver(bool isPost, Uri address, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        IsPost = isPost;
        Address = address;
        Fields = fields;
    }

    /// <summary>By a form; false: <see cref="Address"/> is all of it.</summary>
    public bool IsPost { get; }

    public Uri Address { get; }

    /// <summary>The form's; empty where it is none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>Puts it together as the NAS's type wants it.</summary>
    /// <param name="login">The type's form.</param>
    /// <param name="address">The login address, which has been judged.</param>
    /// <param name="given">What the NAS gave.</param>
    /// <param name="credentials">What it is to be given.</param>
    /// <param name="handOver">The whole, where the answer is true.</param>
    /// <param name="fault">What is wrong, where it is false.</param>
    public static bool TryMake(
        PortalLogin login, Uri address, IReadOnlyDictionary<string, string> given, HotspotCredentials credentials, [NotNullWhen(true)] out HandOver? handOver, [NotNullWhen(false)] out string? fault)
    {
        handOver = null;
        if (!TryProve(login, given, credentials, out string? proof, out fault))
        {
            return false;
        }

        List<KeyValuePair<string, string>> fields = [];
        foreach (PortalField field in login.Fields)
        {
            if (field.Value.TryFill(ValueOf, out string? value))
            {
                fields.Add(new(field.Name, value));
            }
        }

        handOver = login.IsPost ? new HandOver(true, address, fields) : new HandOver(false, WithQuery(address, fields), []);
        return true;

        string? ValueOf(string name) => name switch
        {
            PortalTemplate.Username => credentials.Username,
            PortalTemplate.Password => proof,
            PortalTemplate.Return => credentials.ReturnTo,
            _ => given.GetValueOrDefault(name),
        };
    }

    private static bool TryProve(
        PortalLogin login, IReadOnlyDictionary<string, string> given, HotspotCredentials credentials, [NotNullWhen(true)] out string? proof, [NotNullWhen(false)] out string? fault)
    {
        string challenge = given.GetValueOrDefault(login.ChapChallenge, "");
        fault = null;
        proof = credentials.Password;
        switch (login.Chap)
        {
            // A hotspot that takes passwords as they are gives no challenge.
            case PortalChap.Http when challenge.Length > 0:
                if (!HotspotChap.TryHttp(given.GetValueOrDefault(login.ChapIdentifier, ""), challenge, credentials.Password, out proof))
                {
                    fault = $"{login.ChapIdentifier} or {login.ChapChallenge} is not what the NAS's type writes.";
                }

                break;
            case PortalChap.Uam:
                if (!HotspotChap.TryUam(challenge, credentials.Password, credentials.UamSecret, out proof))
                {
                    fault = $"{login.ChapChallenge} is not 32 hexadecimal digits.";
                }

                break;
        }

        return fault is null;
    }

    private static Uri WithQuery(Uri address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        string query = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query }.Uri;
    }
}

/// <summary>What a NAS is given. A class, so that it does not print its secrets.</summary>
internal sealed class HotspotCredentials
{
    public required string Username { get; init; }

    public required string Password { get; init; }

    /// <summary>Where the NAS may send the guest afterwards.</summary>
    public required string ReturnTo { get; init; }

    /// <summary>The NAS entry's uamsecret; empty: it has none.</summary>
    public byte[] UamSecret { get; init; } = [];
}
