using System.Globalization;
using System.Text;

namespace Kiwire.Server.Devices.Events;

/// <summary>Events in the words of an e-mail.</summary>
internal static class NoticeText
{
    /// <summary>The subject's line: which device, or how many.</summary>
    public static string Subject(IReadOnlyList<DeviceEvent> events)
    {
        if (events is [var one])
        {
            return $"{one.Identity} {Verb(one.Kind, many: false)}";
        }

        IEnumerable<string> parts = events
            .GroupBy(happened => happened.Kind)
            .OrderByDescending(kind => kind.Key == DeviceEventKind.Down)
            .Select(kind => (Kind: kind.Key, Devices: kind.Select(happened => happened.DeviceId).Distinct().Count()))
            .Select(kind => string.Create(
                CultureInfo.InvariantCulture, $"{kind.Devices} {(kind.Devices == 1 ? "device" : "devices")} {Verb(kind.Kind, kind.Devices != 1)}"));
        return string.Join(", ", parts);
    }

    /// <summary>A line for each event, oldest first.</summary>
    public static string Body(IReadOnlyList<DeviceEvent> events, string tenant, bool isMore)
    {
        StringBuilder text = new();
        foreach (DeviceEvent happened in events)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(happened.At):yyyy-MM-dd HH:mm:ss} UTC  {happened.Identity} {Verb(happened.Kind, many: false)}. {happened.Detail}")
                .Append("\r\n");
        }

        if (isMore)
        {
            _ = text.Append("There is more: it follows.\r\n");
        }

        return text.Append("\r\n").Append(CultureInfo.InvariantCulture, $"Tenant {tenant}. You get this as one of its administrators with 'monitor'.\r\n").ToString();
    }

    private static string Verb(DeviceEventKind kind, bool many) => kind switch
    {
        DeviceEventKind.Down => many ? "are down" : "is down",
        DeviceEventKind.Up => many ? "are up again" : "is up again",
        _ => many ? "have restarted" : "has restarted",
    };
}
