using Kiwire.Server.Mail;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Devices.Events;

/// <summary>Writes down what happened to devices, and who is to be told of it, in one transaction.</summary>
internal sealed class DeviceNews(MailSender mail)
{
    /// <summary>The most administrators of a tenant who get an e-mail.</summary>
    private const int MostRecipients = 50;

    /// <param name="unit">The transaction.</param>
    /// <param name="happened">The event.</param>
    /// <param name="isNews">Whether anybody is told; false: it is only in the list.</param>
    /// <param name="now">Unix milliseconds.</param>
    public async Task AddAsync(UnitOfWork unit, DeviceEvent happened, bool isNews, long now)
    {
        if (!await DeviceEventStore.InsertAsync(unit, happened) || !isNews)
        {
            return;
        }

        if (mail.IsConfigured)
        {
            foreach (string address in await AdministratorStore.ListMonitorAddressesAsync(unit, happened.TenantId, MostRecipients))
            {
                await NoticeStore.InsertAsync(unit, new NoticeTarget(happened.TenantId, NoticeChannel.Mail, address), happened.EventId, now);
            }
        }

        if (await WebhookStore.IsActiveAsync(unit, happened.TenantId))
        {
            await NoticeStore.InsertAsync(unit, new NoticeTarget(happened.TenantId, NoticeChannel.Webhook, ""), happened.EventId, now);
        }
    }
}
