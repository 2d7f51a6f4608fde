using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>Writes lists of users or vouchers out as they are read, page by page: never passwords, and never more than a page in memory.</summary>
internal sealed class AccountExport(AccountListStore store, UsageWindows windows, IOptions<JsonOptions> json, TimeProvider time)
{
    private const int PageRows = 1000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The first page, so that what cannot be listed is said before the answer begins; null: see <see cref="AccountListStore"/>.</summary>
    public Task<IReadOnlyList<AccountRecord>?> BeginAsync(long tenantId, AccountListQuery query, CancellationToken cancellationToken) =>
        store.ReadAsync(tenantId, query, after: null, PageRows, cancellationToken);

    /// <summary>Writes the first page and those after it.</summary>
    public async Task WriteAsync(
        Stream output, long tenantId, AccountListQuery query, BulkFields fields, bool asCsv, IReadOnlyList<AccountRecord> page, CancellationToken cancellationToken)
    {
        await using CsvWriter? csv = asCsv ? CsvWriter.Create(output, new CsvWriterOptions { HasHeader = false, NewLine = "\r\n" }, leaveOpen: true) : null;
        if (csv is not null)
        {
            await csv.WriteRecordAsync([.. fields.Exported], cancellationToken);
        }

        while (true)
        {
            ILookup<long, string> macs = await store.ReadMacsAsync(tenantId, [.. page.Select(record => record.AccountId)], cancellationToken);
            StringBuilder lines = new();
            long now = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (AccountRecord record in page)
            {
                Account account = record.ToAccount(macs[record.AccountId], windows.StartOf(tenantId, record.ProfileId, now));
                if (csv is not null)
                {
                    await csv.WriteRecordAsync([.. fields.Exported.Select(field => SpreadsheetText.Guard(ValueOf(account, field)))], cancellationToken);
                }
                else
                {
                    _ = lines.Append(account.Kind == AccountKind.Voucher ? ToJson(VoucherBody.Of(account)) : ToJson(AccountBody.Of(account))).Append('\n');
                }
            }

            await output.WriteAsync(Utf8.GetBytes(lines.ToString()), cancellationToken);
            if (page.Count < PageRows
                || await store.ReadAsync(tenantId, query, AccountListPlace.Of(page[^1]), PageRows, cancellationToken) is not { Count: > 0 } next)
            {
                return;
            }

            page = next;
        }
    }

    private string ToJson<T>(T body) => JsonSerializer.Serialize(body, json.Value.SerializerOptions);

    private static string ValueOf(Account account, string field) => field switch
    {
        "username" or "code" => account.Name,
        "fullName" => account.FullName,
        "email" => account.Email,
        "phone" => account.Phone,
        "profile" => account.ProfileName ?? "",
        "remark" => account.Remark,
        "status" => AccountSettings.StatusOf(account.Active),
        "allowNas" => account.AllowNas,
        BulkFields.ExpiresAt => TextOf(account.ExpiresAt),
        BulkFields.Macs => string.Join(',', account.Macs),
        "integration" => account.Integration,
        "statistics" => account.Statistics,
        "firstLoginAt" => TextOf(account.FirstLoginAt),
        "usedSeconds" => Number(account.Used.Seconds),
        "usedInOctets" => Number(account.Used.OctetsIn),
        "usedOutOctets" => Number(account.Used.OctetsOut),
        "createdAt" => TextOf(account.CreatedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "It is no field of an export."),
    };

    private static string TextOf(long? at) => AccountChanges.MomentOf(at) ?? "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
