/* A device of gSOAP's: tests/golden/xop_declared, with the code that wsdl2h and soapcpp2 make of it.

   It prints its address, then answers Restore: Log is Backup as it came, and Note is a line about each content as it arrived,
   "NAME TYPE LENGTH FNV-1A". It ends with its standard input. */

#include "soapH.h"
#include "Device.nsmap"
#include <poll.h>

static unsigned fnv(const unsigned char *octets, int length)
{
    unsigned hash = 2166136261u;
    for (int i = 0; i < length; i++)
        hash = (hash ^ octets[i]) * 16777619u;
    return hash;
}

static void note(char **at, const char *name, const char *type, const unsigned char *octets, int length)
{
    *at += sprintf(*at, "%s %s %d %08x\n", name, type && *type ? type : "-", length, fnv(octets, length));
}

int __ns1__Restore(struct soap *soap, struct _ns1__Restore *in, struct _ns1__RestoreResponse *out)
{
    /* Types are short here; nobody else calls this. */
    char *notes = soap_malloc(soap, 1024 * (2 + in->__sizeBackup)), *at = notes;
    if (!notes)
        return SOAP_EOM;
    if (in->Picture)
        note(&at, "Picture", in->Picture->__item.type, in->Picture->__item.__ptr, in->Picture->__item.__size);
    note(&at, "Key", in->Key.type, in->Key.__ptr, in->Key.__size);
    out->__sizeLog = in->__sizeBackup;
    out->Log = soap_malloc(soap, in->__sizeBackup * sizeof *out->Log);
    if (in->__sizeBackup && !out->Log)
        return SOAP_EOM;
    for (int i = 0; i < in->__sizeBackup; i++) {
        _xop__Include *include = &in->Backup[i].xop__Include;
        note(&at, "Backup", include->type, include->__ptr, include->__size);
        out->Log[i] = in->Backup[i];
        out->Log[i].xop__Include.id = NULL;
    }
    soap_default_xsd__base64Binary(soap, &out->Note);
    out->Note.__ptr = (unsigned char *)notes;
    out->Note.__size = at - notes;
    return SOAP_OK;
}

int main(void)
{
    struct soap *soap = soap_new1(SOAP_ENC_MTOM | SOAP_C_UTFSTRING);
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    soap->accept_timeout = 1;
    SOAP_SOCKET listening = soap_bind(soap, "127.0.0.1", 0, 10);
    if (!soap_valid_socket(listening) || getsockname(listening, (struct sockaddr *)&address, &length)) {
        soap_print_fault(soap, stderr);
        return 1;
    }
    printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct pollfd input = { 0, POLLIN, 0 };
    while (poll(&input, 1, 0) == 0) {
        if (soap_valid_socket(soap_accept(soap)) && soap_serve(soap))
            soap_print_fault(soap, stderr);
        soap_destroy(soap);
        soap_end(soap);
    }
    soap_free(soap);
    return 0;
}
