using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;
using Kiwire.Server.Web;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Http;

/// <summary>
/// How often one address and one caller may ask: token buckets, of which there are never more than <see cref="Slots"/> of a kind, whatever
/// the number of addresses. RADIUS has nothing to do with them.
/// </summary>
internal sealed class RequestRates : IDisposable
{
    /// <summary>Addresses and callers fall into this many places by a hash whose seed is new with every start; who shares one shares its rate.</summary>
    private const int Slots = 16_384;

    private readonly PartitionedRateLimiter<HttpContext> _addresses;
    private readonly PartitionedRateLimiter<HttpContext> _logins;
    private readonly PartitionedRateLimiter<HttpContext> _callers;
    private readonly PartitionedRateLimiter<HttpContext> _portal;
    private readonly HttpMetrics _metrics;

    public RequestRates(IOptions<HttpOptions> options, HttpMetrics metrics)
    {
        HttpOptions rates = options.Value;
        _metrics = metrics;
        _addresses = Limiter(SlotOfAddress, rates.AddressBurst, rates.AddressRequestsPerSecond, TimeSpan.FromSeconds(1));
        _logins = Limiter(SlotOfAddress, rates.LoginsPerMinute, rates.LoginsPerMinute, TimeSpan.FromMinutes(1));
        _portal = Limiter(SlotOfAddress, rates.PortalRequestsPerMinute, rates.PortalRequestsPerMinute, TimeSpan.FromMinutes(1));
        _callers = Limiter(SlotOfCaller, rates.CallerBurst, rates.CallerRequestsPerSecond, TimeSpan.FromSeconds(1));
    }

    /// <summary>Before anybody is known: the address's rate, and that of log-ins. Probes of the server's health are always answered.</summary>
    public async Task CheckAddressAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/healthz"))
        {
            await next(http);
        }
        else if (await PassesAsync(http, _addresses, "address") && (!IsLogin(http) || await PassesAsync(http, _logins, "login")))
        {
            await next(http);
        }
    }

    /// <summary>Once the caller is known: the caller's rate.</summary>
    public async Task CheckCallerAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<Caller>() is null || await PassesAsync(http, _callers, "caller"))
        {
            await next(http);
        }
    }

    /// <summary>Of an address at the captive portal: the rate of codes asked for and typed. The portal answers for itself, in the guest's words.</summary>
    /// <param name="http">The request.</param>
    /// <param name="seconds">To wait, where the answer is false.</param>
    public bool PassesPortal(HttpContext http, out int seconds)
    {
        using RateLimitLease lease = _portal.AttemptAcquire(http);
        seconds = lease.IsAcquired ? 0 : SecondsOf(lease);
        if (!lease.IsAcquired)
        {
            _metrics.Refused("portal");
        }

        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _portal.Dispose();
        _addresses.Dispose();
        _logins.Dispose();
        _callers.Dispose();
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(Func<HttpContext, int> slotOf, int burst, int tokens, TimeSpan period) =>
        PartitionedRateLimiter.Create<HttpContext, int>(http => RateLimitPartition.GetTokenBucketLimiter(
            slotOf(http),
            _ => new TokenBucketRateLimiterOptions { TokenLimit = burst, TokensPerPeriod = tokens, ReplenishmentPeriod = period, QueueLimit = 0 }));

    private static int SlotOfCaller(HttpContext http) => Slot(HashCode.Combine(http.Caller.TenantId, http.Caller.Name));

    // An IPv6 host has a /64 to itself.
    private static int SlotOfAddress(HttpContext http)
    {
        IPAddress address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> octets = stackalloc byte[16];
        _ = address.TryWriteBytes(octets, out int written);
        return Slot(address.AddressFamily is AddressFamily.InterNetworkV6 ? HashCode.Combine(MemoryMarshal.Read<long>(octets)) : HashCode.Combine(written, MemoryMarshal.Read<int>(octets)));
    }

    // To routing a path with a slash behind it is the same.
    private static bool IsLogin(HttpContext http) =>
        http.IsContractLogin || (http.Request.Path.Value ?? "").TrimEnd('/').Equals("/api/v1/login", StringComparison.OrdinalIgnoreCase);

    private static int Slot(int hash) => (int)((uint)hash % Slots);

    private static int SecondsOf(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;

    private async Task<bool> PassesAsync(HttpContext http, PartitionedRateLimiter<HttpContext> limiter, string rate)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(http);
        if (lease.IsAcquired)
        {
            return true;
        }

        _metrics.Refused(rate);
        int seconds = SecondsOf(lease);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        string detail = rate switch
        {
            "login" => "There were too many log-ins from this address",
            "caller" => "You have asked too often",
            _ => "There were too many requests from this address",
        };
        if (http.IsContractCall || http.IsContractLogin)
        {
            // That contract has one status and one content type for everything.
            Dictionary<string, string> answer = new() { ["error"] = $"too many requests. please try again in {seconds} seconds" };
            await http.Response.WriteAsJsonAsync(answer, options: null, "application/json", http.RequestAborted);
        }
        else
        {
            await Problems.Of(StatusCodes.Status429TooManyRequests, "too-many", $"{detail}; try again in {seconds} s.").ExecuteAsync(http);
        }

        return false;
    }
}
