using System.Data.Common;
using System.Net;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Where a NAS is a device too: reads now and then who is connected to it - its wireless clients, or what its bridge has learnt - and puts those who
/// have no session into the list of unauthorised devices.
/// </summary>
internal sealed class ConnectedClients(SnmpClient client, NasDirectory nases, LoginHistoryStore logins, CommitQueue commits, TimeProvider time)
{
    /// <summary>How often a NAS's clients are read.</summary>
    public const long EveryMilliseconds = 300_000;

    /// <summary>The most that are read of one table; a core switch's has more, and says nothing of guests.</summary>
    private const int MostClients = 4096;

    /// <summary>Reads them, where it is time and the device is a NAS.</summary>
    /// <exception cref="DbException">The database is away; they are read again later.</exception>
    public async Task ReadAsync(PolledDevice device, CancellationToken cancellationToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now < device.ClientsAt || device.Target is not { } target || device.Plan is not { Clients: { Count: > 0 } tables } || FindNas(device, target) is not { } nas)
        {
            return;
        }

        device.ClientsAt = now + EveryMilliseconds;

        // Who is on the air is known better than what a bridge has learnt, which has servers and printers in it.
        HashSet<string> macs = [];
        foreach (IGrouping<PollClientKind, PollClients> kind in tables.GroupBy(table => table.Kind).OrderBy(kind => kind.Key))
        {
            foreach (PollClients table in kind)
            {
                await ReadAsync(target, table, macs, cancellationToken);
            }

            if (macs.Count > 0)
            {
                break;
            }
        }

        _ = macs.Remove(device.Access.Mac);
        if (macs.Count > 0)
        {
            _ = await commits.EnqueueAsync(unit => logins.NoteConnectedAsync(unit, device.TenantId, nas.NasId, [.. macs], now), cancellationToken);
        }
    }

    private NasEntry? FindNas(PolledDevice device, SnmpTarget target) =>
        nases.Entries.FirstOrDefault(nas => nas.TenantId == device.TenantId && nas.IsOneAddress && SameAddress(nas.Address.BaseAddress, target.EndPoint.Address))
        ?? (nases.TryGetByIdentity(device.TenantId, device.Access.Identity, out NasEntry? named) ? named : null);

    private static bool SameAddress(IPAddress one, IPAddress other) => one.MapToIPv6().Equals(other.MapToIPv6());

    private async Task ReadAsync(SnmpTarget target, PollClients table, HashSet<string> macs, CancellationToken cancellationToken)
    {
        int rows = 0;
        try
        {
            await foreach (VariableBinding row in client.WalkAsync(target, table.Column.Oid, cancellationToken))
            {
                if (++rows > MostClients || row.Id.Length <= table.Column.Oid.Length)
                {
                    break;
                }

                if (table.Where.Count == 0 || (row.Value.IsNumber && table.Where.Contains(row.Value.AsInt64)))
                {
                    if (MacOf(row, table) is { } mac)
                    {
                        _ = macs.Add(mac);
                    }
                }
            }
        }
        catch (SnmpException)
        {
            // What could be read is good for what it says.
        }
    }

    /// <summary>Null: it is none, or a group's.</summary>
    internal static string? MacOf(in VariableBinding row, PollClients table)
    {
        ReadOnlySpan<uint> index = row.Id.SubIdentifiers[table.Column.Oid.Length..];
        ReadOnlySpan<byte> value = row.Value.Octets.Span;
        Span<byte> octets = stackalloc byte[6];
        for (int i = 0; i < octets.Length; i++)
        {
            uint octet = table.Mac switch
            {
                PollMac.Value => value.Length == 6 ? value[i] : uint.MaxValue,
                PollMac.IndexStart => index.Length >= 6 ? index[i] : uint.MaxValue,
                _ => index.Length >= 6 ? index[index.Length - 6 + i] : uint.MaxValue,
            };
            if (octet > byte.MaxValue)
            {
                return null;
            }

            octets[i] = (byte)octet;
        }

        ulong bits = 0;
        foreach (byte octet in octets)
        {
            bits = (bits << 8) | octet;
        }

        return (octets[0] & 1) != 0 || bits == 0 ? null : MacAddress.FromBits(bits).ToString();
    }
}
