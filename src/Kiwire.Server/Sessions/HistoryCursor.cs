using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Sessions;

/// <summary>Where a list that is newest first goes on.</summary>
internal static class HistoryCursor
{
    /// <summary>Reads a page's limit and the id below which it goes on.</summary>
    public static bool TryRead(PageRequest page, string list, out int limit, out long? below, [NotNullWhen(false)] out FieldFault? fault)
    {
        below = null;
        if (!page.TryRead(list, out limit, out string[]? after, out fault))
        {
            return false;
        }

        if (after is not null)
        {
            if (after is not [var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            {
                fault = PageRequest.ForeignCursor;
                return false;
            }

            below = id;
        }

        return true;
    }

    public static string? Write(string list, long? below) => below is { } id ? Cursor.Write(list, id.ToString(CultureInfo.InvariantCulture)) : null;
}

/// <summary>The filters that the lists of sessions, logins and devices share, as callers write them.</summary>
internal static class HistoryFilters
{
    /// <summary>A NAS's id by its identity.</summary>
    public static bool TryReadNas(string? identity, long tenantId, NasDirectory directory, out long? nasId, [NotNullWhen(false)] out FieldFault? fault)
    {
        nasId = null;
        fault = null;
        if (identity is not null)
        {
            if (!directory.TryGetByIdentity(tenantId, identity.Trim(), out NasEntry? nas))
            {
                fault = new FieldFault("nas", $"is '{identity}', which no NAS is called; it must be a NAS's identity.");
                return false;
            }

            nasId = nas.NasId;
        }

        return true;
    }

    /// <summary>A MAC address in any notation, canonical.</summary>
    public static bool TryReadMac(string? text, out string? mac, [NotNullWhen(false)] out FieldFault? fault)
    {
        mac = null;
        fault = null;
        if (text is not null)
        {
            if (!MacAddress.TryParse(text.Trim(), out MacAddress address))
            {
                fault = new FieldFault("mac", $"is '{text}', which is no MAC address; it must be one such as 02:00:5e:10:00:01, in any notation.");
                return false;
            }

            mac = address.ToString();
        }

        return true;
    }

    /// <summary>Whether a time range is one.</summary>
    public static bool IsRange(DateTimeOffset? from, DateTimeOffset? to, [NotNullWhen(false)] out FieldFault? fault)
    {
        fault = from >= to ? new FieldFault("to", "is not after from; it must be a later moment.") : null;
        return fault is null;
    }

    /// <summary>A reason of a refusal.</summary>
    public static bool IsReason(string? word, [NotNullWhen(false)] out FieldFault? fault)
    {
        fault = word is null || LoginWords.Reasons.Contains(word)
            ? null
            : new FieldFault("reason", $"is '{word}', which is not known; it must be one of {string.Join(", ", LoginWords.Reasons)}.");
        return fault is null;
    }
}
